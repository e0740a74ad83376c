-- NO KEY: rows that refer to the partner can still be written meanwhile.
SELECT partner_id, kind, client_code, name, status, basis, commission_percent, registered_at, account_id
  FROM partner.partner
 WHERE client_code = %(client_code)s
   FOR NO KEY UPDATE
