-- Scores that are not the weighted share of their marks, or that lack a mark.
SELECT 'round/' || round_code AS subject,
       jsonb_build_object('kept', score_tenths, 'marked', summed.tenths) AS facts
  FROM curation.assignment
  JOIN curation.round USING (round_id)
 CROSS JOIN LATERAL (
       SELECT sum(weight * coalesce(points, -1000)) * 1000 / (4 * sum(weight)) AS tenths
         FROM curation.indicator
         LEFT JOIN curation.mark ON mark.assignment_id = assignment.assignment_id AND mark.indicator = indicator.code
        WHERE indicator.set_id = round.set_id
      ) AS summed
 WHERE scored_at IS NOT NULL
   AND score_tenths <> summed.tenths
 ORDER BY round_code
