-- What decides whether these people may join this wave, and their application if they have joined it.
SELECT person.person_id, person.province_code AS region, person.situation, barred.reason AS barred_reason,
       history.granted_wave, history.undecided_wave,
       mine.application_id, mine.public_id, mine.region AS applied_region, mine.tier, mine.applied_at, mine.state
  FROM people.person
  LEFT JOIN people.barred USING (nik_index)
  LEFT JOIN selection.application AS mine
    ON mine.person_id = person.person_id
   AND mine.wave_id = %(wave_id)s
  LEFT JOIN LATERAL (
       SELECT max(number) FILTER (WHERE state = 'selected') AS granted_wave,
              max(number) FILTER (WHERE state IN ('applied', 'eligible')) AS undecided_wave
         FROM selection.application
         JOIN programme.wave USING (wave_id)
        WHERE application.person_id = person.person_id
          AND wave_id <> %(wave_id)s
       ) AS history ON true
 WHERE person.person_id = ANY (%(person_ids)s)
