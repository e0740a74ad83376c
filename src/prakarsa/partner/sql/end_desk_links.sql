UPDATE partner.desk_link SET expires_at = greatest(issued_at, %(now)s) WHERE partner_id = %(partner_id)s AND expires_at > %(now)s
