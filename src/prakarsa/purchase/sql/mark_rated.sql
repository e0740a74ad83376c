UPDATE purchase.purchase SET rated_at = %(now)s
 WHERE purchase_id = %(purchase_id)s AND completed_at IS NOT NULL AND rated_at IS NULL
