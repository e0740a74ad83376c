-- The next applications to screen, locked; another screener skips them.
SELECT application_id, application.public_id, application.person_id, applied_at, name, birth_date, situation,
       in_formal_education, citizenship, kk_index, barred.reason AS barred_reason, history.granted_wave
  FROM selection.application
  JOIN people.person USING (person_id)
  LEFT JOIN people.barred USING (nik_index)
  LEFT JOIN LATERAL (
       SELECT max(number) AS granted_wave
         FROM selection.application AS earlier
         JOIN programme.wave USING (wave_id)
        WHERE earlier.person_id = application.person_id
          AND earlier.state = 'selected'
       ) AS history ON true
 WHERE application.wave_id = %(wave_id)s
   AND application.state = 'applied'
 ORDER BY application_id
 LIMIT %(limit)s
   FOR UPDATE OF application SKIP LOCKED
