SELECT schedule_code
  FROM catalogue.schedule
 WHERE course_id = %(course_id)s
   AND schedule_code = ANY (%(codes)s)
   AND EXISTS (SELECT FROM catalogue.meeting WHERE meeting.schedule_id = schedule.schedule_id)
