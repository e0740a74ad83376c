SELECT finding.finding_code, course.course_code, schedule.schedule_code, observation.monitor, finding.aspect,
       finding.severity, finding.promised, finding.delivered, finding.evidence, observation.observed_at,
       finding.found_at, review.review_code
  FROM curation.finding
  JOIN curation.observation USING (observation_id)
  JOIN catalogue.course ON course.course_id = finding.course_id
  JOIN catalogue.schedule ON schedule.schedule_id = observation.schedule_id
  LEFT JOIN curation.review USING (review_id)
 WHERE (%(course_id)s::bigint IS NULL OR finding.course_id = %(course_id)s)
   AND (%(review_id)s::bigint IS NULL OR finding.review_id = %(review_id)s)
   AND (%(since)s::timestamptz IS NULL OR finding.found_at > %(since)s)
 ORDER BY finding.finding_id DESC
