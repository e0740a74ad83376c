UPDATE partner.sign_key
   SET revoked_at = %(now)s
 WHERE partner_id = %(partner_id)s
   AND (%(key_id)s::bigint IS NULL OR key_id = %(key_id)s)
   AND revoked_at IS NULL
