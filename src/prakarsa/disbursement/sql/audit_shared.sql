-- Accounts on which the incentives of more than one person arrived, each named by one of its payments.
SELECT 'payout/' || min(instruction.public_id) AS subject,
       jsonb_build_object('people', count(DISTINCT instruction.person_id)) AS facts
  FROM disbursement.batch_line
  JOIN disbursement.instruction USING (instruction_id)
 WHERE outcome = 'paid'
 GROUP BY number_index
HAVING count(DISTINCT instruction.person_id) > 1
