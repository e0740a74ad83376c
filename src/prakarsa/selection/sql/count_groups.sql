-- How many entries each region and tier has.
SELECT region, tier, count(*)
  FROM selection.application
 WHERE wave_id = %(wave_id)s
   AND state = 'eligible'
 GROUP BY region, tier
