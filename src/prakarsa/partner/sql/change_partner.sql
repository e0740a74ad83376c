UPDATE partner.partner
   SET status = %(status)s, basis = %(basis)s, commission_percent = %(commission_percent)s
 WHERE partner_id = %(partner_id)s
RETURNING partner_id, kind, client_code, name, status, basis, commission_percent, registered_at, account_id
