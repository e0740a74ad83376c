SELECT card_id FROM card.card WHERE card_id = ANY (%(card_ids)s) ORDER BY card_id FOR NO KEY UPDATE
