-- Every state that has a journal row.
SELECT 'course/' || course_code AS subject, 'catalogue.course_registered' AS action
  FROM catalogue.course
 UNION ALL
SELECT 'schedule/' || schedule_code, 'catalogue.schedule_added'
  FROM catalogue.schedule
