SELECT wave.number AS wave_number, decree.number, decreed_at, decreed_by, persons, training_idr, incentive_idr,
       survey_idr
  FROM selection.decree
  JOIN programme.wave USING (wave_id)
 WHERE wave.number = %(wave_number)s
