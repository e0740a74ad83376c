UPDATE disbursement.instruction
   SET state = 'cancelled', cancel_reason = reason, decided_at = %(now)s
  FROM unnest(%(instruction_ids)s::bigint[], %(reasons)s::text[]) AS lost (instruction_id, reason)
 WHERE instruction.instruction_id = lost.instruction_id
   AND state = 'scheduled'
