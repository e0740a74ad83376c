-- What was published of a draw, as the journal keeps it, where the tables say something else.
SELECT 'application/' || public_id AS subject,
       jsonb_build_object('kept', place, 'told', (entry.facts ->> 'place')::int) AS facts
  FROM selection.application
  JOIN journal.entry ON entry.subject = 'application/' || public_id
                    AND entry.action IN ('application.selected', 'application.not_selected')
 WHERE entry.facts ->> 'place' IS DISTINCT FROM place::text
 UNION ALL
SELECT 'wave/' || number,
       jsonb_build_object('kept', left(list_sha256, 12), 'told', left(entry.facts ->> 'list_sha256', 12))
  FROM selection.draw
  JOIN programme.wave USING (wave_id)
  JOIN journal.entry ON entry.subject = 'wave/' || number AND entry.action = 'draw.committed'
 WHERE (entry.facts ->> 'list_sha256', entry.facts ->> 'entries_sha256')
       IS DISTINCT FROM (list_sha256, entries_sha256)
 UNION ALL
SELECT 'wave/' || number, jsonb_build_object('kept', seed, 'told', entry.facts ->> 'seed')
  FROM selection.draw
  JOIN programme.wave USING (wave_id)
  JOIN journal.entry ON entry.subject = 'wave/' || number AND entry.action = 'draw.seeded'
 WHERE (entry.facts ->> 'seed', entry.facts ->> 'source') IS DISTINCT FROM (seed, seed_source)
