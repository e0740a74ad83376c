UPDATE purchase.purchase SET completed_at = %(now)s
 WHERE purchase_id = ANY (%(purchase_ids)s) AND completed_at IS NULL AND voided_at IS NULL
RETURNING purchase_id
