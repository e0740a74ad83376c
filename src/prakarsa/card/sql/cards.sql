SELECT card_id, person_id, wave.number AS wave_number, card.account_id, issued_at, notified_at, state, revoked_at,
       balance_idr
  FROM card.card
  JOIN programme.wave USING (wave_id)
  JOIN ledger.account ON account.account_id = card.account_id
 WHERE person_id = %(person_id)s
    OR card_id = ANY (%(card_ids)s)
