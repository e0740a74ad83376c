SELECT person_id, number, out_of, wave_number, purchase_id, opens_at, answered_at
  FROM feedback.survey
 WHERE person_id = %(person_id)s
 ORDER BY number
