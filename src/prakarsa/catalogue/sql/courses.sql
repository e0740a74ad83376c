-- One page for those who curate: any state, by code.
SELECT course.course_id, course.course_code, course.institution_id, institution.client_code, institution.name,
       institution.status, course.title, course.field, course.description, course.mode, course.hours,
       course.meetings, course.price_idr, course.min_age_years, course.max_age_years, course.min_education,
       course.has_live_session, course.free_elsewhere, course.outside_price_idr, course.is_bundle,
       course.tracks_completion, course.has_curriculum, course.has_evaluation, course.has_presence_log,
       course.expert_assessed, course.state, course.registered_at, course.decided_at, course.decided_by,
       course.decision_reason
  FROM catalogue.course
  JOIN partner.partner AS institution ON institution.partner_id = course.institution_id
 WHERE (%(state)s::text IS NULL OR course.state = %(state)s)
   AND (%(institution)s::text IS NULL OR institution.client_code = %(institution)s)
   AND course.course_code > %(after)s
 ORDER BY course.course_code
 LIMIT %(limit)s
