SELECT public_id, person_id, state, place
  FROM selection.application
 WHERE wave_id = %(wave_id)s
   AND state IN ('selected', 'not_selected')
