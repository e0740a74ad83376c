INSERT INTO curation.round (round_code, course_id, number, set_id, content, state, submitted_by, submitted_at, due_at)
VALUES (%(code)s, %(course_id)s, %(number)s, %(set_id)s, %(content)s::jsonb, %(state)s, %(by)s, %(now)s, %(due_at)s)
