-- Two that make the first key at once: the second waits and then finds the first one's.
INSERT INTO certificate.signing_key (key_id, base_url, secret_sealed, created_at)
VALUES (%(key_id)s, %(base_url)s, %(secret_sealed)s, %(now)s)
    ON CONFLICT (base_url) WHERE retired_at IS NULL DO NOTHING
