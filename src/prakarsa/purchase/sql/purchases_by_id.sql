-- Purchases by id, in card order.
SELECT * FROM purchase.detail WHERE purchase_id = ANY (%(purchase_ids)s) ORDER BY card_id, purchase_id
