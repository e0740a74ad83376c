DELETE FROM partner.ownership WHERE owner_id = %(owner_id)s AND owned_id = %(owned_id)s
