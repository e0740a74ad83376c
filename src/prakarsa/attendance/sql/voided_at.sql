SELECT voided_at FROM purchase.purchase WHERE purchase_id = %(purchase_id)s
