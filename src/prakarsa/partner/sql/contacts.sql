SELECT client_code, name, email_sealed, language
  FROM partner.contact
  JOIN partner.partner USING (partner_id)
 WHERE client_code = ANY (%(client_codes)s)
