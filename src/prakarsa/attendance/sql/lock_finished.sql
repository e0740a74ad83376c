-- The oldest that wait for a decision. Rows that another worker holds are skipped.
SELECT finished.purchase_id, purchase.card_id
  FROM attendance.finished
  JOIN purchase.purchase USING (purchase_id)
 ORDER BY finished.finished_at, finished.purchase_id
 LIMIT %(limit)s
   FOR UPDATE OF finished SKIP LOCKED
