SELECT partner_id, kind, client_code, name, status = 'active' AS active FROM partner.partner
