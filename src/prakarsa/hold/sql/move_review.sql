-- The promised word moves; without an end the hold goes on until then (over_at follows by itself).
UPDATE hold.hold
   SET review_at = %(next_review_at)s
 WHERE hold_id = %(hold_id)s
