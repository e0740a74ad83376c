-- Completed purchases without a certificate, and certificates of purchases that are not completed.
SELECT coalesce('certificate/' || certificate.number, 'purchase/' || purchase.transaction_code) AS subject,
       jsonb_build_object('transaction_code', purchase.transaction_code) AS facts
  FROM purchase.purchase
  LEFT JOIN certificate.certificate USING (purchase_id)
 WHERE (purchase.completed_at IS NULL) <> (certificate.certificate_id IS NULL)
 ORDER BY purchase.purchase_id
