-- The lock on applications keeps two issuers from taking the same people.
SELECT application_id, person_id
  FROM selection.application
 WHERE wave_id = %(wave_id)s
   AND state = 'selected'
   AND NOT EXISTS (SELECT FROM card.card WHERE card.person_id = application.person_id)
 ORDER BY application_id
 LIMIT %(limit)s
   FOR NO KEY UPDATE SKIP LOCKED
