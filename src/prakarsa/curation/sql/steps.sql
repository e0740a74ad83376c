SELECT application_id, step_id, step, attempt, opened_at, outcome, reason, evidence, decided_by, decided_at
  FROM curation.step
 WHERE application_id = ANY (%(application_ids)s)
 ORDER BY application_id, step_id
