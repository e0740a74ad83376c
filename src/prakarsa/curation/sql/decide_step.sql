UPDATE curation.step
   SET outcome = %(outcome)s, reason = %(reason)s, evidence = %(evidence)s::jsonb, decided_by = %(by)s,
       decided_at = %(now)s
 WHERE application_id = %(application_id)s
   AND decided_at IS NULL
RETURNING step_id
