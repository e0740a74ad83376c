-- A notice for every hold that is over and whose placing was told; and for those on cards and people that ended by
-- themselves, since lifting one of them tells the person at once. Such a text message is not sent days late.
INSERT INTO notice.notice (notice_code, kind, hold_id, urgent, written_by, written_at, sent_by, sent_at)
SELECT 'NTC-' || substr(hold_code, 5) || '-O', 'hold_over', hold_id, is_private, coalesce(lifted_by, %(by)s), over_at,
       %(by)s, %(now)s
  FROM (SELECT hold.hold_id, hold_code, lifted_by, over_at, false AS is_private
          FROM notice.notice AS placed
          JOIN hold.hold USING (hold_id)
         WHERE placed.kind = 'hold_placed'
           AND placed.closed_at IS NULL
           AND over_at <= %(now)s
         UNION ALL
        SELECT hold_id, hold_code, lifted_by, over_at, true
          FROM hold.hold
         WHERE scope IN ('card', 'person')
           AND lifted_at IS NULL
           AND over_at <= %(now)s
           AND over_at > %(not_before)s
           AND NOT EXISTS (SELECT FROM notice.notice WHERE notice.hold_id = hold.hold_id)) AS ended
    ON CONFLICT DO NOTHING
RETURNING notice_code, kind
