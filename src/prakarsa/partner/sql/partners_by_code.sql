SELECT partner_id, kind, client_code, name, status, basis, commission_percent, registered_at, account_id
  FROM partner.partner
 WHERE client_code = ANY (%(client_codes)s)
