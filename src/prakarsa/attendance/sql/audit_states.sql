-- Every state that has a journal row.
SELECT 'purchase/' || transaction_code AS subject, 'attendance.attended' AS action
  FROM attendance.attended
  JOIN purchase.purchase USING (purchase_id)
 UNION ALL
SELECT 'purchase/' || transaction_code, 'attendance.checked'
  FROM attendance.verification
  JOIN purchase.purchase USING (purchase_id)
 WHERE outcome IS NOT NULL
