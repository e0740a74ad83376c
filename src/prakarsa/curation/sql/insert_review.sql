INSERT INTO curation.review (review_code, course_id, cause, state, opened_at, due_at)
VALUES (%(code)s, %(course_id)s, %(cause)s, %(state)s, %(now)s, %(due_at)s)
RETURNING review_id
