-- The next people who meet every condition and have nothing scheduled yet. The rules look at each once more.
-- Their accounts are held, so that two workers never schedule for the same person, and the account stays as it is.
SELECT person.person_id, card.wave_id, wave.number AS wave_number, card.state AS card_state,
       barred.nik_index IS NOT NULL AS barred,
       true AS linked,
       first_course.purchase_id, first_course.rated_at
  FROM disbursement.payout_account
  JOIN people.person USING (person_id)
  JOIN card.card USING (person_id)
  JOIN programme.wave USING (wave_id)
  JOIN unnest(%(wave_ids)s::bigint[], %(ratings_required)s::boolean[])
       AS paying (wave_id, rating_required) USING (wave_id)
 CROSS JOIN LATERAL (SELECT purchase_id, rated_at
                       FROM purchase.purchase
                      WHERE purchase.card_id = card.card_id
                        AND completed_at IS NOT NULL
                      ORDER BY completed_at, purchase_id
                      LIMIT 1) AS first_course
  LEFT JOIN people.barred USING (nik_index)
 WHERE payout_account.scheduled_at IS NULL
   AND card.state = 'active'
   AND barred.nik_index IS NULL
   AND (first_course.rated_at IS NOT NULL OR NOT paying.rating_required)
 ORDER BY payout_account.person_id
 LIMIT %(limit)s
   FOR NO KEY UPDATE OF payout_account SKIP LOCKED
