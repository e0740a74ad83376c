-- How many entries of a finished draw each region and tier has.
SELECT region, tier, count(*)
  FROM selection.application
 WHERE wave_id = %(wave_id)s
   AND state IN ('selected', 'not_selected')
 GROUP BY region, tier
