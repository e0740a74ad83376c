INSERT INTO hold.review (hold_id, reviewed_at, reviewed_by, words, was_review_at, next_review_at)
VALUES (%(hold_id)s, %(now)s, %(by)s, %(words)s, %(was_review_at)s, %(next_review_at)s)
