SELECT course.course_code, seats - seats_sold AS seats_left
  FROM catalogue.schedule
  JOIN catalogue.course USING (course_id)
 WHERE schedule_code = %(schedule_code)s
