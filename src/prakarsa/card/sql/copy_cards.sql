COPY card.card (person_id, wave_id, account_id, number_sealed, number_index, issued_at, notified_at) FROM STDIN
