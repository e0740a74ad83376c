-- Every state that has a journal row.
SELECT 'application/' || public_id AS subject, 'application.received' AS action
  FROM selection.application
 UNION ALL
SELECT 'application/' || public_id, 'application.screened'
  FROM selection.application
 WHERE screened_at IS NOT NULL
 UNION ALL
SELECT 'application/' || public_id, 'application.' || state
  FROM selection.application
 WHERE state IN ('selected', 'not_selected')
 UNION ALL
SELECT 'wave/' || number, 'draw.committed'
  FROM selection.draw
  JOIN programme.wave USING (wave_id)
 UNION ALL
SELECT 'wave/' || number, 'draw.seeded'
  FROM selection.draw
  JOIN programme.wave USING (wave_id)
 WHERE seeded_at IS NOT NULL
 UNION ALL
SELECT 'wave/' || number, 'draw.run'
  FROM selection.draw
  JOIN programme.wave USING (wave_id)
 WHERE drawn_at IS NOT NULL
 UNION ALL
SELECT 'wave/' || wave.number, 'wave.decreed'
  FROM selection.decree
  JOIN programme.wave USING (wave_id)
