SELECT uri FROM partner.redirect_uri WHERE partner_id = %(partner_id)s
