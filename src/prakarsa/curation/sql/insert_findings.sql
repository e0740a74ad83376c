INSERT INTO curation.finding (finding_code, observation_id, course_id, aspect, severity, promised, delivered, evidence,
                              found_at)
SELECT code, %(observation_id)s, %(course_id)s, row ->> 'aspect', row ->> 'severity', row ->> 'promised',
       row ->> 'delivered', row -> 'evidence', %(now)s
  FROM jsonb_array_elements(%(rows)s::jsonb) WITH ORDINALITY AS draft (row, place)
  JOIN unnest(%(codes)s::text[]) WITH ORDINALITY AS coded (code, place) USING (place)
 ORDER BY place
