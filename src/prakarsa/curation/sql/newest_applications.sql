-- The last application of each institution.
SELECT application.application_id, application.application_code, application.institution_id, institution.client_code,
       institution.name, application.steps, application.state, application.opened_by, application.opened_at,
       application.due_at, application.ended_at
  FROM curation.application
  JOIN partner.partner AS institution ON institution.partner_id = application.institution_id
 WHERE institution.client_code = ANY (%(codes)s)
   AND application.application_id = (SELECT max(later.application_id)
                                       FROM curation.application AS later
                                      WHERE later.institution_id = application.institution_id)
