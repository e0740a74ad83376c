-- Rounds approved without two scores of different people, or with a score of somebody who had declared a tie to the
-- institution before they scored.
SELECT 'round/' || round_code AS subject, jsonb_build_object('problem', problem) AS facts
  FROM curation.round
  JOIN catalogue.course USING (course_id)
 CROSS JOIN LATERAL (
       SELECT 'fewer than two scores' AS problem
        WHERE (SELECT count(DISTINCT assessor)
                 FROM curation.assignment
                WHERE assignment.round_id = round.round_id AND scored_at IS NOT NULL) < 2
        UNION ALL
       SELECT 'scored by somebody with a tie to the institution'
        WHERE EXISTS (SELECT
                        FROM curation.assignment
                        JOIN curation.interest ON interest.who = assignment.assessor
                       WHERE assignment.round_id = round.round_id
                         AND interest.partner_id = course.institution_id
                         AND interest.declared_at <= assignment.scored_at
                         AND coalesce(interest.ended_at > assignment.scored_at, true))
        UNION ALL
       SELECT 'decided by one of its assessors'
        WHERE EXISTS (SELECT
                        FROM curation.assignment
                       WHERE assignment.round_id = round.round_id
                         AND scored_at IS NOT NULL
                         AND assessor = round.decided_by)
      ) AS found
 WHERE round.state = 'approved'
 ORDER BY round_code, problem
