INSERT INTO curation.step (application_id, step, attempt, opened_at)
SELECT %(application_id)s, %(step)s, 1 + count(*), %(now)s
  FROM curation.step
 WHERE application_id = %(application_id)s
   AND step = %(step)s
