-- The purchase a redeem code belongs to.
SELECT * FROM purchase.detail WHERE redeem_code = %(redeem_code)s
