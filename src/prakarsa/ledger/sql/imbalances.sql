-- Accounts whose balance differs from the sum of their transfers, and the total if it is not zero.
WITH leg AS (
    SELECT to_account_id AS account_id, amount_idr AS delta_idr FROM ledger.transfer
     UNION ALL
    SELECT from_account_id, -amount_idr FROM ledger.transfer
),
explained AS (
    SELECT account_id, sum(delta_idr) AS sum_idr FROM leg GROUP BY account_id
)
SELECT account.account_id,
       format('balance is %%s, transfers add up to %%s', balance_idr, coalesce(sum_idr, 0)) AS problem
  FROM ledger.account
  LEFT JOIN explained USING (account_id)
 WHERE balance_idr <> coalesce(sum_idr, 0)
 UNION ALL
SELECT NULL, format('all balances add up to %%s, not zero', sum(balance_idr))
  FROM ledger.account
HAVING sum(balance_idr) <> 0
