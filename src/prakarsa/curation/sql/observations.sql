-- One page, newest first, each with its findings and the review they belong to.
SELECT observation.observation_id, observation.observation_code, schedule.schedule_code, course.course_code,
       observation.monitor, observation.observed_at, observation.summary,
       ARRAY (SELECT finding_code FROM curation.finding
               WHERE finding.observation_id = observation.observation_id ORDER BY finding_id) AS finding_codes,
       (SELECT review_code
          FROM curation.finding
          JOIN curation.review USING (review_id)
         WHERE finding.observation_id = observation.observation_id
         LIMIT 1) AS review_code
  FROM curation.observation
  JOIN catalogue.schedule USING (schedule_id)
  JOIN catalogue.course USING (course_id)
 WHERE (%(monitor)s::text IS NULL OR observation.monitor = %(monitor)s)
   AND (%(course_id)s::bigint IS NULL OR course.course_id = %(course_id)s)
   AND (observation.recorded_at, observation.observation_id) < (%(before_at)s::timestamptz, %(before_id)s)
 ORDER BY observation.recorded_at DESC, observation.observation_id DESC
 LIMIT %(limit)s
