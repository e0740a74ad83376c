-- Record a few events in their order.
INSERT INTO journal.entry (at, actor, action, subject, person_id, facts)
SELECT %(now)s, %(actor)s, action, subject, person_id, facts::jsonb
  FROM unnest(%(actions)s::text[], %(subjects)s::text[], %(person_ids)s::bigint[], %(facts)s::text[])
       WITH ORDINALITY AS event (action, subject, person_id, facts, place)
 ORDER BY place
