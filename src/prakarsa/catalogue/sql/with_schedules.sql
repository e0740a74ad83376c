SELECT course_id
  FROM unnest(%(course_ids)s::bigint[]) AS course_id
 WHERE EXISTS (SELECT FROM catalogue.schedule WHERE schedule.course_id = course_id)
