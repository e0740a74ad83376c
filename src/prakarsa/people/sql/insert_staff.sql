INSERT INTO people.staff (email, name, role, password_hash, totp_sealed, created_at)
VALUES (%(email)s, %(name)s, %(role)s, %(password_hash)s, %(totp)s, %(now)s)
    ON CONFLICT (email) WHERE left_at IS NULL DO NOTHING
RETURNING staff_id
