-- The list of the draw, sorted as bytes.
SELECT public_id AS id, region, tier
  FROM selection.application
 WHERE wave_id = %(wave_id)s
   AND state IN ('eligible', 'selected', 'not_selected')
 ORDER BY public_id COLLATE "C"
