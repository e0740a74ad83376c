-- Everybody whom the hold has turned away, in the order of their cards.
SELECT card_id AS place, person_id
  FROM (SELECT DISTINCT card_id
          FROM purchase.refused_attempt
         WHERE hold_id = %(hold_id)s
           AND card_id > %(after)s) AS turned_away
  JOIN card.card USING (card_id)
 WHERE NOT is_probe
   AND (SELECT true FROM notice.recipient
         WHERE recipient.notice_id = %(notice_id)s AND recipient.person_id = card.person_id) IS NULL
 ORDER BY card_id
 LIMIT %(limit)s
