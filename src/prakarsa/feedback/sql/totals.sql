SELECT course_id, ratings, instructor_stars, facility_stars, course_stars
  FROM feedback.course_total
 WHERE course_id = ANY (%(course_ids)s)
