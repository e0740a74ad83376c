-- Every state that has a journal row.
SELECT 'purchase/' || transaction_code AS subject, 'purchase.made' AS action
  FROM purchase.purchase
 UNION ALL
SELECT 'purchase/' || transaction_code, 'purchase.voided'
  FROM purchase.purchase
 WHERE voided_at IS NOT NULL
   AND cancellation_id IS NULL
 UNION ALL
SELECT 'purchase/' || transaction_code, 'purchase.cancelled'
  FROM purchase.purchase
 WHERE cancellation_id IS NOT NULL
 UNION ALL
SELECT 'cancellation/' || cancellation_code, 'purchase.cancellation_planned'
  FROM purchase.cancellation
 UNION ALL
SELECT 'cancellation/' || cancellation_code, 'purchase.cancellation_confirmed'
  FROM purchase.cancellation
 WHERE confirmed_at IS NOT NULL
 UNION ALL
SELECT 'cancellation/' || cancellation_code, 'purchase.cancellation_withdrawn'
  FROM purchase.cancellation
 WHERE withdrawn_at IS NOT NULL
 UNION ALL
SELECT 'cancellation/' || cancellation_code, 'purchase.cancellation_finished'
  FROM purchase.cancellation
 WHERE finished_at IS NOT NULL
 UNION ALL
SELECT 'purchase/' || transaction_code, 'purchase.completed'
  FROM purchase.purchase
 WHERE completed_at IS NOT NULL
 UNION ALL
SELECT 'card/' || card_id, 'purchase.code_sent'
  FROM purchase.intent
 UNION ALL
SELECT 'card/' || card_id, 'purchase.refused'
  FROM purchase.refused_attempt
