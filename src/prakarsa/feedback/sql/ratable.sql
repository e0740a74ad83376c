-- A purchase of this card that was not cancelled.
SELECT course_id, transaction_code, completed_at, rated_at
  FROM purchase.purchase
 WHERE card_id = %(card_id)s
   AND purchase_id = %(purchase_id)s
   AND voided_at IS NULL
