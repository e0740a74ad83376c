SELECT key_id, base_url, secret_sealed FROM certificate.signing_key ORDER BY created_at, key_id
