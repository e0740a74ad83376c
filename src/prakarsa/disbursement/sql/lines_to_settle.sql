SELECT instruction.instruction_id, instruction.public_id, instruction.person_id, instruction.purchase_id,
       instruction.kind, instruction.number,
       instruction.out_of, batch_line.amount_idr, batch_line.attempt, instruction.faults, batch_line.provider,
       batch_line.number_sealed, batch_line.outcome
  FROM disbursement.batch_line
  JOIN disbursement.instruction USING (instruction_id)
 WHERE batch_line.batch_id = %(batch_id)s
 ORDER BY batch_line.position
