-- When a hold is over, nobody is told any more that it was placed or reviewed.
UPDATE notice.notice
   SET closed_at = %(now)s
  FROM hold.hold
 WHERE hold.hold_id = notice.hold_id
   AND over_at <= %(now)s
   AND notice.kind IN ('hold_placed', 'hold_reviewed')
   AND notice.sent_at IS NOT NULL
   AND notice.closed_at IS NULL
