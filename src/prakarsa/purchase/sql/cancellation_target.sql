-- The name people know a target by, and the institution that answers for it; no row: there is no such target.
SELECT name, client_code FROM partner.partner
 WHERE %(scope)s = 'institution' AND kind = 'institution' AND client_code = %(target_code)s
 UNION ALL
SELECT title, institution.client_code
  FROM catalogue.course
  JOIN partner.partner AS institution ON institution.partner_id = course.institution_id
 WHERE %(scope)s = 'course' AND course_code = %(target_code)s
 UNION ALL
SELECT course.title || ' (' || schedule_code || ')', institution.client_code
  FROM catalogue.schedule
  JOIN catalogue.course USING (course_id)
  JOIN partner.partner AS institution ON institution.partner_id = course.institution_id
 WHERE %(scope)s = 'schedule' AND schedule_code = %(target_code)s
