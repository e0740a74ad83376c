-- Cards that were taken back, in card order.
SELECT card.card_id, card.notified_at, wave.number AS wave_number, card.revoked_at
  FROM card.card
  JOIN programme.wave USING (wave_id)
 WHERE card.state = 'revoked'
   AND card.card_id > %(after)s
 ORDER BY card.card_id
 LIMIT %(limit)s
