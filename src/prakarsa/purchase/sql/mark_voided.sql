UPDATE purchase.purchase SET voided_at = %(now)s
 WHERE purchase_id = ANY (%(purchase_ids)s) AND voided_at IS NULL
