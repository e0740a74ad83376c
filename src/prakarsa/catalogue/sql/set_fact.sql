UPDATE catalogue.course
   SET has_live_session = CASE %(fact)s WHEN 'has_live_session' THEN said.value::boolean ELSE has_live_session END,
       free_elsewhere = CASE %(fact)s WHEN 'free_elsewhere' THEN said.value::boolean ELSE free_elsewhere END,
       outside_price_idr = CASE %(fact)s WHEN 'outside_price_idr' THEN said.value::bigint ELSE outside_price_idr END,
       is_bundle = CASE %(fact)s WHEN 'is_bundle' THEN said.value::boolean ELSE is_bundle END,
       tracks_completion = CASE %(fact)s WHEN 'tracks_completion' THEN said.value::boolean ELSE tracks_completion END,
       has_curriculum = CASE %(fact)s WHEN 'has_curriculum' THEN said.value::boolean ELSE has_curriculum END,
       has_evaluation = CASE %(fact)s WHEN 'has_evaluation' THEN said.value::boolean ELSE has_evaluation END,
       has_presence_log = CASE %(fact)s WHEN 'has_presence_log' THEN said.value::boolean ELSE has_presence_log END,
       expert_assessed = CASE %(fact)s WHEN 'expert_assessed' THEN said.value::boolean ELSE expert_assessed END
  FROM (SELECT %(value)s::jsonb #>> '{}' AS value) AS said
 WHERE course_id = %(course_id)s
