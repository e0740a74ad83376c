UPDATE card.card SET state = 'revoked', revoked_at = %(now)s WHERE card_id = ANY (%(card_ids)s) AND state = 'active'
