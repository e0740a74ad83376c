SELECT person_id, number, out_of, wave_number, purchase_id, opens_at, answered_at
  FROM feedback.survey
 WHERE answered_at IS NOT NULL
   AND promised_at IS NULL
 ORDER BY answered_at, person_id, number
 LIMIT %(limit)s
   FOR NO KEY UPDATE SKIP LOCKED
