-- Whether another person has this account now, or has been paid on it before.
SELECT EXISTS (SELECT FROM disbursement.payout_account
                WHERE number_index = %(number_index)s
                  AND person_id <> %(person_id)s)
    OR EXISTS (SELECT FROM disbursement.batch_line
                 JOIN disbursement.instruction USING (instruction_id)
                WHERE batch_line.number_index = %(number_index)s
                  AND batch_line.outcome = 'paid'
                  AND instruction.person_id <> %(person_id)s)
