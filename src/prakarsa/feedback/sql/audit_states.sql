-- Every state that has a journal row.
SELECT 'purchase/' || transaction_code AS subject, 'feedback.rated' AS action
  FROM feedback.rating
  JOIN purchase.purchase USING (purchase_id)
