-- Every course that is or was on sale, as the search knows it.
SELECT course_id, course_code, title, field, mode, price_idr, misses, state = 'approved' AS approved, institution_id,
       CASE WHEN ratings > 0 THEN (20 * rating_stars + ratings) / (2 * ratings) ELSE 0 END AS rating_tenths,
       tsvector_to_array(search_words) AS words
  FROM catalogue.course
 WHERE state IN ('approved', 'withdrawn')
