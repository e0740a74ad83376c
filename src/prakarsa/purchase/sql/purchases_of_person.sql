-- A person's purchases, newest first.
SELECT * FROM purchase.detail WHERE person_id = %(person_id)s ORDER BY purchased_at DESC, purchase_id DESC
