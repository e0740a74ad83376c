INSERT INTO selection.decree
       (wave_id, number, decreed_at, decreed_by, persons, training_idr, incentive_idr, survey_idr)
VALUES (%(wave_id)s, %(number)s, %(now)s, %(by)s, %(persons)s, %(training_idr)s, %(incentive_idr)s, %(survey_idr)s)
    ON CONFLICT DO NOTHING
