-- One page by the day they are due; the queue walks `application_queue`.
SELECT application.application_id, application.application_code, application.institution_id, institution.client_code,
       institution.name, application.steps, application.state, application.opened_by, application.opened_at,
       application.due_at, application.ended_at
  FROM curation.application
  JOIN partner.partner AS institution ON institution.partner_id = application.institution_id
 WHERE (NOT %(open_only)s OR application.ended_at IS NULL)
   AND (%(overdue_at)s::timestamptz IS NULL
        OR (application.ended_at IS NULL AND application.state = 'open' AND application.due_at < %(overdue_at)s))
   AND (application.due_at, application.application_id) > (%(after_due)s::timestamptz, %(after_id)s)
 ORDER BY application.due_at, application.application_id
 LIMIT %(limit)s
