-- Partners whose account is not the sum of their shares of completed purchases.
WITH earned AS (
    SELECT transfer.to_account_id AS account_id, sum(transfer.amount_idr) AS due_idr
      FROM purchase.purchase
      JOIN ledger.transfer ON transfer.reference = 'purchase/' || purchase.transaction_code
                          AND transfer.reason IN ('course_fee', 'commission')
     WHERE purchase.completed_at IS NOT NULL
     GROUP BY transfer.to_account_id
)
SELECT 'partner/' || owner AS subject,
       jsonb_build_object('due_idr', coalesce(due_idr, 0), 'balance_idr', balance_idr) AS facts
  FROM ledger.account
  LEFT JOIN earned USING (account_id)
 WHERE kind = 'partner'
   AND balance_idr <> coalesce(due_idr, 0)
 ORDER BY owner
