SELECT round.round_id, round.round_code, round.course_id, course.course_code, course.title, institution.client_code,
       course.institution_id, round.number, round.set_id, round.state, round.submitted_by, round.submitted_at,
       round.due_at, round.result_tenths, round.reason, round.decided_by, round.decided_at
  FROM curation.round
  JOIN catalogue.course USING (course_id)
  JOIN partner.partner AS institution ON institution.partner_id = course.institution_id
 WHERE round.round_code = %(code)s
