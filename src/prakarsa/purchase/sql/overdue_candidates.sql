-- Active cards of people told before a moment that have bought nothing, in card order; probes never buy.
SELECT card.card_id, card.notified_at, wave.number AS wave_number
  FROM card.card
  JOIN programme.wave USING (wave_id)
 WHERE card.state = 'active'
   AND NOT card.is_probe
   AND card.card_id > %(after)s
   AND card.notified_at < %(told_before)s
   AND NOT EXISTS (SELECT FROM purchase.purchase
                    WHERE purchase.card_id = card.card_id AND purchase.voided_at IS NULL)
 ORDER BY card.card_id
 LIMIT %(limit)s
