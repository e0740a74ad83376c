-- The promised word of a hold is that of its newest review.
SELECT 'hold/' || hold_code AS subject, jsonb_build_object('review_at', review_at) AS facts
  FROM hold.hold
  JOIN (SELECT DISTINCT ON (hold_id) hold_id, next_review_at
          FROM hold.review
         ORDER BY hold_id, review_id DESC) AS newest USING (hold_id)
 WHERE review_at IS DISTINCT FROM next_review_at
