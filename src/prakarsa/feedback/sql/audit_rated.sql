-- Purchases marked as rated without a rating, and ratings of purchases that are not marked.
SELECT 'purchase/' || purchase.transaction_code AS subject, '{}'::jsonb AS facts
  FROM purchase.purchase
  LEFT JOIN feedback.rating USING (purchase_id)
 WHERE (purchase.rated_at IS NULL) <> (rating.purchase_id IS NULL)
 ORDER BY purchase.purchase_id
