-- Nothing happens when another process has just made it.
INSERT INTO card.card (person_id, wave_id, account_id, number_sealed, number_index, issued_at, notified_at, is_probe)
VALUES (%(person_id)s, %(wave_id)s, %(account_id)s, %(number_sealed)s, %(number_index)s, %(now)s, %(now)s, true)
    ON CONFLICT (person_id) DO NOTHING
RETURNING card_id
