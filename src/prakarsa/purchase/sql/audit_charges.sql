-- Purchases that did not move their price from the card to the institution's escrow exactly once, and such transfers
-- without a purchase.
WITH due AS (
    SELECT 'purchase/' || purchase.transaction_code AS reference, card.account_id AS from_account_id,
           escrow.account_id AS to_account_id, purchase.amount_idr
      FROM purchase.purchase
      JOIN card.card USING (card_id)
      JOIN partner.partner AS institution ON institution.partner_id = purchase.institution_id
      LEFT JOIN ledger.account AS escrow
             ON escrow.kind = 'course_escrow' AND escrow.owner = institution.client_code
),
posted AS (
    SELECT reference, from_account_id, to_account_id, amount_idr FROM ledger.transfer WHERE reason = 'purchase'
)
SELECT reference AS subject,
       jsonb_build_object('due_idr', coalesce(due.amount_idr, 0), 'posted_idr', coalesce(posted.amount_idr, 0)) AS facts
  FROM due
  FULL JOIN posted USING (reference, from_account_id, to_account_id)
 WHERE coalesce(due.amount_idr, 0) <> coalesce(posted.amount_idr, 0)  -- a free course moves nothing
 ORDER BY reference
