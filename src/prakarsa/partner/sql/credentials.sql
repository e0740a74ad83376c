-- A partner and its usable keys in one round trip, because every partner request asks for them.
SELECT partner_id, kind, client_code, name, status, basis, commission_percent, registered_at, account_id,
       ARRAY (SELECT secret_sealed
                FROM partner.sign_key
               WHERE sign_key.partner_id = partner.partner_id
                 AND revoked_at IS NULL
                 AND (expires_at IS NULL OR expires_at > %(now)s)
               ORDER BY key_id DESC) AS secrets_sealed
  FROM partner.partner
 WHERE client_code = %(client_code)s
