-- The result in the order of places.
SELECT public_id AS id, place, state AS verdict
  FROM selection.application
 WHERE wave_id = %(wave_id)s
   AND state IN ('selected', 'not_selected')
 ORDER BY place
