-- The next people to tell that they were not selected, locked; another announcer skips them.
SELECT application_id, person_id, state, region, tier, reasons, place
  FROM selection.application
 WHERE wave_id = %(wave_id)s
   AND announced_at IS NULL
   AND state IN ('excluded', 'not_selected')
 ORDER BY application_id
 LIMIT %(limit)s
   FOR UPDATE SKIP LOCKED
