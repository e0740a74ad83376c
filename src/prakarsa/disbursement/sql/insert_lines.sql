-- What is written into the file, line by line; the instructions are with the bank from here on.
WITH line AS (
    INSERT INTO disbursement.batch_line (batch_id, position, instruction_id, attempt, amount_idr, provider,
                                         number_sealed, number_index, holder_name, purpose)
    SELECT %(batch_id)s, position, instruction_id, attempt, amount_idr, provider, number_sealed, number_index,
           holder_name, purpose
      FROM unnest(%(instruction_ids)s::bigint[], %(attempts)s::int[], %(amounts_idr)s::bigint[],
                  %(providers)s::text[], %(numbers_sealed)s::bytea[], %(number_indexes)s::bytea[],
                  %(holder_names)s::text[], %(purposes)s::text[])
           WITH ORDINALITY
           AS new (instruction_id, attempt, amount_idr, provider, number_sealed, number_index, holder_name, purpose,
                   position)
    RETURNING instruction_id, attempt
)
UPDATE disbursement.instruction
   SET state = 'sent', attempts = line.attempt
  FROM line
 WHERE instruction.instruction_id = line.instruction_id
