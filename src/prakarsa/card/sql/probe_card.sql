SELECT card_id, wave_id FROM card.card WHERE person_id = %(person_id)s AND is_probe
