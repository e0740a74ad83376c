SELECT partner_id FROM partner.partner WHERE client_code = ANY (%(platform_codes)s) ORDER BY partner_id
