INSERT INTO attendance.verification
       (state_digest, purchase_id, test_code, sequence, redirect_uri, created_at, expires_at)
VALUES (%(state_digest)s, %(purchase_id)s, %(test_code)s, %(sequence)s, %(redirect_uri)s, %(now)s, %(expires_at)s)
