-- A notice for every hold that is not over and of which nobody has been told. Those on cards and people are told as they
-- are placed, by the hold room itself.
INSERT INTO notice.notice (notice_code, kind, hold_id, written_by, written_at, sent_by, sent_at)
SELECT 'NTC-' || substr(hold_code, 5) || '-P', 'hold_placed', hold_id, placed_by, placed_at, %(by)s, %(now)s
  FROM hold.hold
 WHERE over_at > %(now)s
   AND scope NOT IN ('card', 'person')
   AND NOT EXISTS (SELECT FROM notice.notice WHERE notice.hold_id = hold.hold_id AND kind = 'hold_placed')
    ON CONFLICT DO NOTHING
RETURNING notice_code, kind
