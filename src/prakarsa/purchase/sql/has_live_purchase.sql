SELECT EXISTS (SELECT FROM purchase.purchase WHERE card_id = %(card_id)s AND voided_at IS NULL)
