SELECT card_id, person_id, number_sealed, balance_idr
  FROM card.card
  JOIN ledger.account USING (account_id)
 WHERE wave_id = %(wave_id)s
   AND state = 'active'
   AND NOT is_probe
   AND card_id > %(after)s
 ORDER BY card_id
 LIMIT %(limit)s
