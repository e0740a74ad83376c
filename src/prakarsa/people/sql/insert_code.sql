INSERT INTO people.sign_in_code (handle_digest, address_index, person_id, code_digest, created_at, expires_at)
VALUES (%(handle)s, %(address)s, %(person_id)s, %(code)s, %(now)s, %(expires_at)s)
