UPDATE card.card SET wave_id = %(wave_id)s WHERE card_id = %(card_id)s AND is_probe
