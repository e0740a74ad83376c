-- LEAST passes over NULL: a key without an end gets one, an earlier end stays.
UPDATE partner.sign_key
   SET expires_at = least(expires_at, %(until)s)
 WHERE partner_id = %(partner_id)s
   AND revoked_at IS NULL
