-- A rating, and the course's totals with it.
WITH rated AS (
    INSERT INTO feedback.rating
           (purchase_id, course_id, person_id, instructor_stars, facility_stars, course_stars, review, rated_at)
    VALUES (%(purchase_id)s, %(course_id)s, %(person_id)s, %(instructor)s, %(facility)s, %(course)s, %(review)s,
            %(now)s)
    RETURNING course_id, instructor_stars, facility_stars, course_stars
)
INSERT INTO feedback.course_total AS total (course_id, ratings, instructor_stars, facility_stars, course_stars)
SELECT course_id, 1, instructor_stars, facility_stars, course_stars FROM rated
    ON CONFLICT (course_id) DO UPDATE
   SET ratings = total.ratings + 1,
       instructor_stars = total.instructor_stars + excluded.instructor_stars,
       facility_stars = total.facility_stars + excluded.facility_stars,
       course_stars = total.course_stars + excluded.course_stars
