SELECT DISTINCT institution.client_code
  FROM rehearsal.standing
  JOIN catalogue.course USING (course_id)
  JOIN partner.partner AS institution ON institution.partner_id = course.institution_id
 WHERE untold IS NOT NULL
 ORDER BY institution.client_code
 LIMIT %(limit)s
