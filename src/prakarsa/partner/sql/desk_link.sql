SELECT token_digest, partner_id, kind, client_code, name, status, basis, commission_percent, registered_at, account_id
  FROM partner.desk_link
  JOIN partner.partner USING (partner_id)
 WHERE token_digest = %(digest)s
   AND expires_at > %(now)s
