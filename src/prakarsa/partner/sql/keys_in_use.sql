SELECT count(*)
  FROM partner.sign_key
 WHERE partner_id = %(partner_id)s
   AND revoked_at IS NULL
   AND (expires_at IS NULL OR expires_at > %(now)s)
