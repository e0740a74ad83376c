SELECT rating_id, person.name, instructor_stars, facility_stars, course_stars, review, rated_at
  FROM feedback.rating
  JOIN people.person USING (person_id)
 WHERE course_id = %(course_id)s
   AND rating_id < %(before)s
 ORDER BY rating_id DESC
 LIMIT %(limit)s
