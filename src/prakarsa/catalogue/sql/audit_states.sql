-- Every state that has a journal row.
SELECT 'course/' || course_code AS subject, 'catalogue.course_registered' AS action
  FROM catalogue.course
 UNION ALL
SELECT 'schedule/' || schedule_code, 'catalogue.schedule_added'
  FROM catalogue.schedule
 UNION ALL
SELECT 'course/' || course_code, 'catalogue.attested'
  FROM catalogue.attestation
  JOIN catalogue.course USING (course_id)
