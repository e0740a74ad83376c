-- Cards whose balance is not what was credited less live purchases and what went back to the state.
WITH credited AS (
    SELECT to_account_id AS account_id, sum(amount_idr) AS sum_idr
      FROM ledger.transfer WHERE reason = 'wave_credit' GROUP BY to_account_id
),
taken_back AS (
    SELECT from_account_id AS account_id, sum(amount_idr) AS sum_idr
      FROM ledger.transfer WHERE reason = 'revocation' GROUP BY from_account_id
),
spent AS (
    SELECT card_id, sum(amount_idr) AS sum_idr FROM purchase.purchase WHERE voided_at IS NULL GROUP BY card_id
),
expected AS (
    SELECT card.card_id, account_id,
           coalesce(credited.sum_idr, 0) - coalesce(spent.sum_idr, 0) - coalesce(taken_back.sum_idr, 0) AS due_idr
      FROM card.card
      LEFT JOIN credited USING (account_id)
      LEFT JOIN taken_back USING (account_id)
      LEFT JOIN spent USING (card_id)
)
SELECT 'card/' || card_id AS subject,
       jsonb_build_object('due_idr', due_idr, 'balance_idr', balance_idr) AS facts
  FROM expected
  JOIN ledger.account USING (account_id)
 WHERE balance_idr <> due_idr
 ORDER BY card_id
