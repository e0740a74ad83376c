-- Institutions whose escrow is not the sum of their live purchases that are not completed.
WITH waiting AS (
    SELECT institution.client_code AS owner, sum(purchase.amount_idr) AS due_idr
      FROM purchase.purchase
      JOIN partner.partner AS institution ON institution.partner_id = purchase.institution_id
     WHERE voided_at IS NULL
       AND completed_at IS NULL
     GROUP BY institution.client_code
),
escrow AS (
    SELECT owner, balance_idr FROM ledger.account WHERE kind = 'course_escrow'
)
SELECT 'partner/' || owner AS subject,
       jsonb_build_object('due_idr', coalesce(due_idr, 0), 'balance_idr', coalesce(balance_idr, 0)) AS facts
  FROM waiting
  FULL JOIN escrow USING (owner)
 WHERE coalesce(due_idr, 0) <> coalesce(balance_idr, 0)
 ORDER BY owner
