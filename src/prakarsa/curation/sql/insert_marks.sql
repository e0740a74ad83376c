INSERT INTO curation.mark (assignment_id, indicator, points, note)
SELECT %(assignment_id)s, indicator, points, note
  FROM unnest(%(indicators)s::text[], %(points)s::int[], %(notes)s::text[]) AS draft (indicator, points, note)
