DELETE FROM partner.redirect_uri WHERE partner_id = %(partner_id)s AND uri = %(uri)s
