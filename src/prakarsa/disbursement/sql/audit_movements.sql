-- Attempts to pay whose money did not move as they went: out of the wave's budget when sent, then to the person or
-- back; and such transfers without an attempt.
WITH attempt AS (
    SELECT instruction.public_id || '/' || batch_line.attempt AS reference, batch_line.amount_idr, batch_line.outcome,
           budget.account_id AS budget_id
      FROM disbursement.batch_line
      JOIN disbursement.instruction USING (instruction_id)
      JOIN programme.wave USING (wave_id)
      LEFT JOIN ledger.account AS budget
             ON budget.kind = 'incentive_budget' AND budget.owner = 'wave/' || wave.number
),
due AS (
    SELECT 'incentive_sent' AS reason, reference, budget_id AS from_account_id, transit.account_id AS to_account_id,
           amount_idr
      FROM attempt, ledger.account AS transit
     WHERE transit.kind = 'in_transit'
     UNION ALL
    SELECT 'incentive_paid', reference, transit.account_id, paid_out.account_id, amount_idr
      FROM attempt, ledger.account AS transit, ledger.account AS paid_out
     WHERE outcome = 'paid'
       AND transit.kind = 'in_transit'
       AND paid_out.kind = 'paid_out'
     UNION ALL
    SELECT 'incentive_returned', reference, transit.account_id, budget_id, amount_idr
      FROM attempt, ledger.account AS transit
     WHERE outcome = 'failed'
       AND transit.kind = 'in_transit'
),
posted AS (
    SELECT reason, reference, from_account_id, to_account_id, amount_idr
      FROM ledger.transfer
     WHERE reason IN ('incentive_sent', 'incentive_paid', 'incentive_returned')
)
SELECT 'payout/' || reference AS subject,
       jsonb_build_object('reason', reason, 'due_idr', coalesce(due.amount_idr, 0),
                          'posted_idr', coalesce(posted.amount_idr, 0)) AS facts
  FROM due
  FULL JOIN posted USING (reason, reference, from_account_id, to_account_id)
 WHERE due.amount_idr IS DISTINCT FROM posted.amount_idr
 ORDER BY reference, reason
