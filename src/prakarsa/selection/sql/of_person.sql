-- A person's applications, newest wave first, with the draw as far as it has come.
SELECT application_id, public_id, number AS wave_number, applied_at, state, reasons, region, tier, place
  FROM selection.application
  JOIN programme.wave USING (wave_id)
 WHERE person_id = %(person_id)s
 ORDER BY number DESC
