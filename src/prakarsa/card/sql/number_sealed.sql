SELECT number_sealed FROM card.card WHERE card_id = %(card_id)s
