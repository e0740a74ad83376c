-- Every state that has a journal row.
SELECT 'wave/' || number AS subject, 'wave.planned' AS action
  FROM programme.wave
 UNION ALL
SELECT reference, 'wave.funded'
  FROM ledger.transfer
 WHERE reason = 'training_budget'
 UNION ALL
SELECT 'change/' || change_code, 'policy.proposed'
  FROM programme.change
 UNION ALL
SELECT 'change/' || change_code, 'policy.approved'
  FROM programme.change
 WHERE approved_at IS NOT NULL
 UNION ALL
SELECT 'change/' || change_code, 'policy.withdrawn'
  FROM programme.change
 WHERE withdrawn_at IS NOT NULL
 UNION ALL
SELECT 'change/' || change_code, 'policy.revocation_proposed'
  FROM programme.change
 WHERE revocation_author IS NOT NULL
 UNION ALL
SELECT 'change/' || change_code, 'policy.revoked'
  FROM programme.change
 WHERE revoked_at IS NOT NULL
