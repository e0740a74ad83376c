-- Every entry of a finished draw with its verdict, in the order of places.
SELECT public_id, region, tier, state
  FROM selection.application
 WHERE wave_id = %(wave_id)s
   AND state IN ('selected', 'not_selected')
 ORDER BY place, public_id COLLATE "C"
