-- Decrees for another number of people than the draw of their wave selected.
SELECT 'wave/' || wave.number AS subject,
       jsonb_build_object('persons', decree.persons, 'selected', count(application_id)) AS facts
  FROM selection.decree
  JOIN programme.wave USING (wave_id)
  LEFT JOIN selection.application ON application.wave_id = decree.wave_id AND application.state = 'selected'
 GROUP BY wave.number, decree.persons
HAVING decree.persons <> count(application_id)
 ORDER BY wave.number
