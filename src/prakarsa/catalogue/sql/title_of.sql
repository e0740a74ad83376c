SELECT title, course_id FROM catalogue.course WHERE course_code = %(course_code)s
