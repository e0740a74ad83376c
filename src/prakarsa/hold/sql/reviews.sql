SELECT review_id, reviewed_at, reviewed_by, words, was_review_at, next_review_at
  FROM hold.review
 WHERE hold_id = %(hold_id)s
 ORDER BY review_id
