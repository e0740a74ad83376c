-- Payments that wait for somebody to act, oldest instruction first.
SELECT instruction.instruction_id, instruction.public_id, instruction.person_id, person.name AS person_name,
       wave.number AS wave_number, instruction.number, instruction.amount_idr, batch_line.provider,
       instruction.failure, instruction.attempts, instruction.due_at, instruction.decided_at
  FROM disbursement.instruction
  JOIN people.person USING (person_id)
  JOIN programme.wave USING (wave_id)
  JOIN disbursement.batch_line
    ON batch_line.instruction_id = instruction.instruction_id AND batch_line.attempt = instruction.attempts
 WHERE instruction.state = 'failed'
   AND instruction.instruction_id > %(after)s
 ORDER BY instruction.instruction_id
 LIMIT %(limit)s
