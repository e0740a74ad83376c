-- One account per person: a new one takes the place of the old.
INSERT INTO disbursement.payout_account (person_id, provider, number_sealed, number_index, linked_at)
VALUES (%(person_id)s, %(provider)s, %(number_sealed)s, %(number_index)s, %(now)s)
    ON CONFLICT (person_id) DO UPDATE
   SET provider = excluded.provider, number_sealed = excluded.number_sealed, number_index = excluded.number_index,
       linked_at = excluded.linked_at
