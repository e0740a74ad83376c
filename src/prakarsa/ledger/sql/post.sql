-- Post transfers: each at most once, balances moved by their net effect.
-- Safe to run again: what was posted before is skipped and moves nothing.
-- Accounts are locked in account order before anything is written, so two posts queue instead of deadlocking.
WITH draft AS (
    SELECT *
      FROM unnest(%(reasons)s::text[], %(references)s::text[], %(from_ids)s::bigint[], %(to_ids)s::bigint[],
                  %(amounts_idr)s::bigint[]) AS t (reason, reference, from_account_id, to_account_id, amount_idr)
),
locked AS MATERIALIZED (
    SELECT account_id
      FROM ledger.account
     WHERE account_id IN (SELECT from_account_id FROM draft UNION SELECT to_account_id FROM draft)
     ORDER BY account_id
       FOR NO KEY UPDATE
),
posted AS (
    INSERT INTO ledger.transfer (at, reason, reference, from_account_id, to_account_id, amount_idr)
    SELECT %(now)s, reason, reference, from_account_id, to_account_id, amount_idr
      FROM draft
     WHERE (SELECT count(*) FROM locked) > 0
        ON CONFLICT (reason, reference, from_account_id, to_account_id) DO NOTHING
    RETURNING from_account_id, to_account_id, amount_idr
),
effect AS (
    SELECT account_id, sum(delta_idr)::bigint AS delta_idr
      FROM posted
     CROSS JOIN LATERAL (VALUES (from_account_id, -amount_idr), (to_account_id, amount_idr)) AS leg (account_id, delta_idr)
     GROUP BY account_id
),
settled AS (
    UPDATE ledger.account
       SET balance_idr = account.balance_idr + effect.delta_idr
      FROM effect
     WHERE account.account_id = effect.account_id
)
SELECT count(*) FROM posted
