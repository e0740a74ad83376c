-- When the clocks of buying of these cards stood still, and why. Computed from the intervals each time it is asked.
-- A hold on the whole programme pauses every card; one on a card or its owner pauses that card, for its whole length.
-- A narrower one pauses those it turned away, from the first time it did: there are other courses. A cancelled
-- purchase gives back the time between buying and cancelling.
SELECT card.card_id, hold.starts_at, hold.over_at AS ends_at, hold.hold_code AS cause,
       hold.public_words AS words, hold.public_words_en AS words_en
  FROM card.card
  JOIN hold.hold ON hold.scope = 'programme'
                AND hold.capability = 'selling'
                AND hold.over_at > greatest(hold.starts_at, card.notified_at)
 WHERE card.card_id = ANY (%(card_ids)s)
   AND hold.starts_at <= %(now)s
 UNION ALL
SELECT card.card_id, hold.starts_at, hold.over_at, hold.hold_code, hold.public_words, hold.public_words_en
  FROM card.card
  JOIN hold.hold ON (hold.scope, hold.target_code) IN (('card', card.card_id::text), ('person', card.person_id::text))
                AND hold.capability = 'selling'
                AND hold.over_at > greatest(hold.starts_at, card.notified_at)
 WHERE card.card_id = ANY (%(card_ids)s)
   AND hold.starts_at <= %(now)s
 UNION ALL
SELECT turned_away.card_id, turned_away.since_at, hold.over_at, hold.hold_code, hold.public_words,
       hold.public_words_en
  FROM (SELECT card_id, hold_id, min(at) AS since_at
          FROM purchase.refused_attempt
         WHERE card_id = ANY (%(card_ids)s)
           AND hold_id IS NOT NULL
           AND at <= %(now)s
         GROUP BY card_id, hold_id) AS turned_away
  JOIN hold.hold USING (hold_id)
 WHERE hold.scope IN ('platform', 'institution', 'course', 'schedule')
   AND hold.capability = 'selling'
 UNION ALL
SELECT card_id, purchased_at, voided_at, transaction_code, NULL, NULL
  FROM purchase.purchase
 WHERE card_id = ANY (%(card_ids)s)
   AND voided_at IS NOT NULL
