-- The classes of a target.
SELECT schedule_id
  FROM catalogue.schedule
  JOIN catalogue.course USING (course_id)
  JOIN partner.partner AS institution ON institution.partner_id = course.institution_id
 WHERE %(target_code)s = CASE %(scope)s
                              WHEN 'schedule' THEN schedule_code
                              WHEN 'course' THEN course_code
                              WHEN 'institution' THEN institution.client_code
                         END
 ORDER BY schedule_id
