UPDATE catalogue.listing
   SET ended_at = %(now)s
 WHERE course_id = %(course_id)s
   AND platform_id = %(platform_id)s
   AND ended_at IS NULL
