-- What decides whether one person's incentives may be scheduled; no row for an unknown person.
SELECT person.person_id, card.wave_id, wave.number AS wave_number, card.state AS card_state,
       barred.nik_index IS NOT NULL AS barred,
       payout_account.person_id IS NOT NULL AS linked,
       first_course.purchase_id, first_course.rated_at
  FROM people.person
  LEFT JOIN people.barred USING (nik_index)
  LEFT JOIN card.card ON card.person_id = person.person_id
  LEFT JOIN programme.wave ON wave.wave_id = card.wave_id
  LEFT JOIN disbursement.payout_account ON payout_account.person_id = person.person_id
  LEFT JOIN LATERAL (SELECT purchase_id, rated_at
                       FROM purchase.purchase
                      WHERE purchase.card_id = card.card_id
                        AND completed_at IS NOT NULL
                      ORDER BY completed_at, purchase_id
                      LIMIT 1) AS first_course ON true
 WHERE person.person_id = %(person_id)s
