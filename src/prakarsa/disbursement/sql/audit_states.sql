-- Every state that has a journal row.
SELECT 'payout/' || public_id AS subject, 'payout.scheduled' AS action
  FROM disbursement.instruction
 UNION ALL
SELECT 'payout/' || public_id, 'payout.cancelled'
  FROM disbursement.instruction
 WHERE state = 'cancelled'
 UNION ALL
SELECT 'payout/' || public_id, 'payout.sent'
  FROM disbursement.batch_line
  JOIN disbursement.instruction USING (instruction_id)
 UNION ALL
SELECT 'payout/' || public_id, 'payout.paid'
  FROM disbursement.batch_line
  JOIN disbursement.instruction USING (instruction_id)
 WHERE outcome = 'paid'
 UNION ALL
SELECT 'payout-batch/' || message_id, 'payout_batch.drafted'
  FROM disbursement.batch
