-- Courses that do not say what was attested about them last.
WITH said AS (
    SELECT DISTINCT ON (course_id, fact) course_id, fact, value
      FROM catalogue.attestation
     ORDER BY course_id, fact, attestation_id DESC
)
SELECT 'course/' || course_code AS subject, jsonb_build_object('fact', fact) AS facts
  FROM said
  JOIN catalogue.course USING (course_id)
 WHERE coalesce(to_jsonb(course) -> fact, 'null'::jsonb) <> value
 ORDER BY course_code, fact
