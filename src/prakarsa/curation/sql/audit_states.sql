-- Every state that has a journal row.
SELECT 'indicators/' || name AS subject, 'curation.indicators_loaded' AS action FROM curation.indicator_set
 UNION ALL
SELECT 'round/' || round_code, 'curation.round_opened' FROM curation.round
 UNION ALL
SELECT 'round/' || round_code, 'curation.round_' || state FROM curation.round WHERE decided_at IS NOT NULL
 UNION ALL
SELECT 'round/' || round_code, 'curation.assessor_called' FROM curation.assignment JOIN curation.round USING (round_id)
 UNION ALL
SELECT 'round/' || round_code, 'curation.scored'
  FROM curation.assignment
  JOIN curation.round USING (round_id)
 WHERE scored_at IS NOT NULL
 UNION ALL
SELECT 'partner/' || client_code, 'curation.interest_declared'
  FROM curation.interest
  JOIN partner.partner USING (partner_id)
 UNION ALL
SELECT 'application/' || application_code, 'curation.application_opened' FROM curation.application
 UNION ALL
SELECT 'application/' || application_code, 'curation.step_' || outcome
  FROM curation.step
  JOIN curation.application USING (application_id)
 WHERE decided_at IS NOT NULL
 UNION ALL
SELECT 'observation/' || observation_code, 'curation.observed' FROM curation.observation
 UNION ALL
SELECT 'review/' || review_code, 'curation.review_opened' FROM curation.review
