SELECT key_id, created_at, expires_at, revoked_at
  FROM partner.sign_key
 WHERE partner_id = %(partner_id)s
 ORDER BY key_id DESC
