SELECT application_id, person_id
  FROM selection.application
 WHERE wave_id = %(wave_id)s
   AND state = 'selected'
   AND application_id > %(after)s
 ORDER BY application_id
 LIMIT %(limit)s
