-- Sets of indicators whose weights do not add up to 100.
SELECT 'indicators/' || name AS subject, jsonb_build_object('version', version, 'sum', sum(weight)) AS facts
  FROM curation.indicator_set
  JOIN curation.indicator USING (set_id)
 GROUP BY name, version
HAVING sum(weight) <> 100
 ORDER BY name, version
