-- Courses in assessment, or turned down by it, that were decided on elsewhere.
SELECT 'course/' || course_code AS subject, jsonb_build_object('round', round_code) AS facts
  FROM curation.round
  JOIN catalogue.course USING (course_id)
 WHERE round.number = (SELECT max(number) FROM curation.round AS later WHERE later.course_id = round.course_id)
   AND ((round.decided_at IS NULL AND course.state NOT IN ('submitted', 'withdrawn'))
        OR (round.state = 'rejected' AND course.state = 'approved'))
 ORDER BY course_code
