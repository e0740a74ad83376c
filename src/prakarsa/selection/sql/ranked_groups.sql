-- Region and tier of every entry in the order of places.
SELECT region, tier
  FROM selection.application
 WHERE wave_id = %(wave_id)s
   AND state = 'eligible'
 ORDER BY sha256(convert_to(%(seed)s || public_id, 'UTF8')), public_id COLLATE "C"
