SELECT hold_id, hold_code, scope, target_code, target_name, reason_code, legal_basis, public_words, notice_to, notice_at,
       placed_by, placed_at, starts_at, ends_at, review_at, lifted_at, lifted_by, lift_reason
  FROM hold.hold
 WHERE (%(hold_code)s::text IS NULL OR hold_code = %(hold_code)s)
   AND (%(over_after)s::timestamptz IS NULL OR least(lifted_at, ends_at, 'infinity') > %(over_after)s)
 ORDER BY placed_at DESC, hold_id DESC
