INSERT INTO partner.sign_key (partner_id, secret_sealed, created_at)
VALUES (%(partner_id)s, %(secret_sealed)s, %(now)s)
RETURNING key_id
