-- The lines of files exactly as they were first written, in their order.
SELECT batch_line.batch_id, instruction.public_id, batch_line.amount_idr, batch_line.provider,
       batch_line.number_sealed, batch_line.holder_name, batch_line.purpose
  FROM disbursement.batch_line
  JOIN disbursement.instruction USING (instruction_id)
 WHERE batch_line.batch_id = ANY (%(batch_ids)s)
 ORDER BY batch_line.batch_id, batch_line.position
