-- Every state that has a journal row.
SELECT 'wave/' || number AS subject, 'wave.planned' AS action
  FROM programme.wave
 UNION ALL
SELECT reference, 'wave.funded'
  FROM ledger.transfer
 WHERE reason = 'training_budget'
