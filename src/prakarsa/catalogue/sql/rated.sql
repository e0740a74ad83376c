UPDATE catalogue.course SET ratings = ratings + 1, rating_stars = rating_stars + %(stars)s WHERE course_id = %(course_id)s
