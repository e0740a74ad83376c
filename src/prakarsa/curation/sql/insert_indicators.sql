INSERT INTO curation.indicator (set_id, place, code, "group", group_en, question, question_en, weight)
SELECT %(set_id)s, place, row ->> 'code', row ->> 'group', row ->> 'group_en', row ->> 'question',
       row ->> 'question_en', (row ->> 'weight')::int
  FROM jsonb_array_elements(%(rows)s::jsonb) WITH ORDINALITY AS draft (row, place)
