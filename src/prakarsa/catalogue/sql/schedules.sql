SELECT schedule.schedule_id, schedule.schedule_code, schedule.course_id, course.course_code, schedule.starts_at,
       schedule.ends_at, schedule.enrolment_closes_at, schedule.seats, schedule.seats_sold,
       ARRAY (SELECT sequence FROM catalogue.meeting
               WHERE meeting.schedule_id = schedule.schedule_id ORDER BY sequence) AS sequences,
       ARRAY (SELECT meeting.starts_at FROM catalogue.meeting
               WHERE meeting.schedule_id = schedule.schedule_id ORDER BY sequence) AS meetings_start,
       schedule.province_code, schedule.place
  FROM catalogue.schedule
  JOIN catalogue.course USING (course_id)
 WHERE schedule.course_id = %(course_id)s
   AND (%(open_at)s::timestamptz IS NULL OR schedule.enrolment_closes_at >= %(open_at)s)
 ORDER BY schedule.starts_at, schedule.schedule_id
 LIMIT %(limit)s
