SELECT DISTINCT card_id FROM purchase.purchase WHERE card_id = ANY (%(card_ids)s) AND voided_at IS NULL
