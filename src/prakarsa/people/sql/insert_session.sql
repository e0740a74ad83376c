INSERT INTO people.session (token_digest, person_id, staff_id, created_at, expires_at)
VALUES (%(token)s, %(person_id)s, %(staff_id)s, %(now)s, %(expires_at)s)
