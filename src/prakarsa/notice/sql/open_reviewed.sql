-- A notice for the newest review of every hold in force whose placing was told.
INSERT INTO notice.notice (notice_code, kind, hold_id, review_id, written_by, written_at, sent_by, sent_at)
SELECT 'NTC-' || substr(hold_code, 5) || '-R' || newest.review_id, 'hold_reviewed', hold.hold_id, newest.review_id,
       newest.reviewed_by, newest.reviewed_at, %(by)s, %(now)s
  FROM hold.hold
 CROSS JOIN LATERAL (SELECT review_id, reviewed_by, reviewed_at
                       FROM hold.review
                      WHERE review.hold_id = hold.hold_id
                      ORDER BY review_id DESC
                      LIMIT 1) AS newest
 WHERE over_at > %(now)s
   AND EXISTS (SELECT FROM notice.notice WHERE notice.hold_id = hold.hold_id AND kind = 'hold_placed')
   AND NOT EXISTS (SELECT FROM notice.notice WHERE notice.hold_id = hold.hold_id AND notice.review_id >= newest.review_id)
    ON CONFLICT DO NOTHING
RETURNING notice_code, kind
