-- When the clocks of these cards stood still, and why.
-- A hold on the whole programme pauses every card. A narrower one pauses those it turned away, from the first time
-- it did. A cancelled purchase gives back the time between buying and cancelling.
SELECT card.card_id, hold.starts_at, least(hold.lifted_at, hold.ends_at) AS ends_at,
       hold.hold_code AS cause, hold.public_words AS words
  FROM card.card
  JOIN hold.hold ON hold.scope = 'programme'
                AND least(hold.lifted_at, hold.ends_at, 'infinity') > greatest(hold.starts_at, card.notified_at)
 WHERE card.card_id = ANY (%(card_ids)s)
   AND hold.starts_at <= %(now)s
 UNION ALL
SELECT turned_away.card_id, turned_away.since_at, least(hold.lifted_at, hold.ends_at), hold.hold_code,
       hold.public_words
  FROM (SELECT card_id, hold_id, min(at) AS since_at
          FROM purchase.refused_attempt
         WHERE card_id = ANY (%(card_ids)s)
           AND hold_id IS NOT NULL
         GROUP BY card_id, hold_id) AS turned_away
  JOIN hold.hold USING (hold_id)
 WHERE hold.scope <> 'programme'
 UNION ALL
SELECT card_id, purchased_at, voided_at, transaction_code, 'Purchase cancelled'
  FROM purchase.purchase
 WHERE card_id = ANY (%(card_ids)s)
   AND voided_at IS NOT NULL
