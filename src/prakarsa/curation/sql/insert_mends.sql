INSERT INTO curation.mend (round_id, step_id, item, words)
SELECT %(round_id)s, %(step_id)s, item, words
  FROM unnest(%(items)s::text[], %(words)s::text[]) WITH ORDINALITY AS draft (item, words, place)
 ORDER BY place
