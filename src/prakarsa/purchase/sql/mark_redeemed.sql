-- The first proof of taking part; a cancelled purchase is left alone.
UPDATE purchase.purchase SET redeemed_at = coalesce(redeemed_at, %(now)s)
 WHERE purchase_id = %(purchase_id)s AND voided_at IS NULL
