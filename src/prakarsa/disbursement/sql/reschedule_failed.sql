-- Give a person's failed payments another chance, now. Safe to run again: nothing has failed any more.
UPDATE disbursement.instruction
   SET state = 'scheduled', faults = 0, next_attempt_at = %(now)s
 WHERE person_id = %(person_id)s
   AND state = 'failed'
RETURNING public_id, amount_idr
