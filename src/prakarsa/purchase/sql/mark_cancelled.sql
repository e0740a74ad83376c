-- Cancelled, unless somebody cancelled or completed it before its card was locked.
UPDATE purchase.purchase SET voided_at = %(now)s, cancellation_id = %(cancellation_id)s
 WHERE purchase_id = ANY (%(purchase_ids)s) AND voided_at IS NULL AND completed_at IS NULL
RETURNING purchase_id
