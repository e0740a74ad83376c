-- Money with the bank that is not the sum of its undecided attempts, and money paid out that is not the sum of the
-- paid ones.
WITH due AS (
    SELECT coalesce(sum(amount_idr) FILTER (WHERE outcome IS NULL), 0) AS in_transit,
           coalesce(sum(amount_idr) FILTER (WHERE outcome = 'paid'), 0) AS paid_out
      FROM disbursement.batch_line
)
SELECT kind || '/' || owner AS subject,
       jsonb_build_object('due_idr', due_idr, 'balance_idr', balance_idr) AS facts
  FROM ledger.account
  JOIN (SELECT 'in_transit' AS kind, in_transit AS due_idr FROM due
         UNION ALL
        SELECT 'paid_out', paid_out FROM due) AS expected USING (kind)
 WHERE balance_idr <> due_idr
 ORDER BY kind, owner
