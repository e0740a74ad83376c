-- Cards of people whom no decreed wave has selected.
SELECT 'card/' || card.card_id AS subject, jsonb_build_object('wave_number', wave.number) AS facts
  FROM card.card
  JOIN programme.wave USING (wave_id)
 WHERE NOT is_probe
   AND NOT EXISTS (SELECT
                     FROM selection.application
                     JOIN selection.decree USING (wave_id)
                    WHERE application.wave_id = card.wave_id
                      AND application.person_id = card.person_id
                      AND application.state = 'selected')
 ORDER BY card.card_id
