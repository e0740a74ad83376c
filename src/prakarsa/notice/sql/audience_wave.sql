-- Everybody with an active card of a wave, in the order of their cards.
SELECT card_id AS place, person_id
  FROM card.card
  JOIN programme.wave USING (wave_id)
 WHERE wave.number::text = %(target_code)s
   AND card_id > %(after)s
   AND state = 'active'
   AND NOT is_probe
   AND (SELECT true FROM notice.recipient
         WHERE recipient.notice_id = %(notice_id)s AND recipient.person_id = card.person_id) IS NULL
 ORDER BY card_id
 LIMIT %(limit)s
