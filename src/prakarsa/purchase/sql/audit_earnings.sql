-- Completed purchases whose price was not shared out between institution and platform, and shares of purchases that
-- are not completed.
WITH share AS (
    SELECT transfer.reference, sum(transfer.amount_idr) AS earned_idr
      FROM ledger.transfer
     WHERE reason IN ('course_fee', 'commission')
     GROUP BY transfer.reference
),
right_hands AS (
    SELECT 'purchase/' || purchase.transaction_code AS reference, purchase.amount_idr,
           coalesce(sum(transfer.amount_idr), 0) AS earned_idr
      FROM purchase.purchase
      JOIN partner.partner AS institution ON institution.partner_id = purchase.institution_id
      JOIN partner.partner AS platform ON platform.partner_id = purchase.platform_id
      LEFT JOIN ledger.transfer
             ON transfer.reference = 'purchase/' || purchase.transaction_code
            AND (transfer.reason, transfer.to_account_id)
                IN (('course_fee', institution.account_id), ('commission', platform.account_id))
     WHERE purchase.completed_at IS NOT NULL
     GROUP BY purchase.transaction_code, purchase.amount_idr
)
SELECT reference AS subject,
       jsonb_build_object('due_idr', coalesce(right_hands.amount_idr, 0), 'posted_idr', coalesce(share.earned_idr, 0))
           AS facts
  FROM right_hands
  FULL JOIN share USING (reference)
 WHERE coalesce(right_hands.amount_idr, 0) <> coalesce(share.earned_idr, 0)  -- a free course moves nothing
    OR coalesce(right_hands.earned_idr, 0) <> coalesce(share.earned_idr, 0)
 ORDER BY reference
