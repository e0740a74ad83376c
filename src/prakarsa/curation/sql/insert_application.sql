INSERT INTO curation.application (application_code, institution_id, steps, state, opened_by, opened_at, due_at)
VALUES (%(code)s, %(institution_id)s, %(steps)s, %(state)s, %(by)s, %(now)s, %(due_at)s)
RETURNING application_id
