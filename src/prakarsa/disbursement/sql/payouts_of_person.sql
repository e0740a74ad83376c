-- A person's payments in their order, with the provider of the last attempt.
SELECT instruction.public_id, instruction.kind, instruction.number, instruction.out_of, instruction.amount_idr, instruction.due_at,
       instruction.next_attempt_at, instruction.state, instruction.attempts, instruction.failure,
       instruction.cancel_reason, batch_line.provider, instruction.decided_at
  FROM disbursement.instruction
  LEFT JOIN disbursement.batch_line
         ON batch_line.instruction_id = instruction.instruction_id AND batch_line.attempt = instruction.attempts
 WHERE instruction.person_id = %(person_id)s
 ORDER BY instruction.kind, instruction.number
