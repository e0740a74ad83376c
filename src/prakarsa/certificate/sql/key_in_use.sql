SELECT key_id, base_url, secret_sealed
  FROM certificate.signing_key
 WHERE base_url = %(base_url)s
   AND retired_at IS NULL
