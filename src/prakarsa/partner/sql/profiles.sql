SELECT client_code, legal_form, founded_on, business_number, tax_number, provinces_served, integration_certified_on,
       platform_contract
  FROM partner.profile
  JOIN partner.partner USING (partner_id)
 WHERE client_code = ANY (%(client_codes)s)
