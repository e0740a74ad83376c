-- Purchases by transaction code.
SELECT * FROM purchase.detail WHERE transaction_code = ANY (%(transaction_codes)s)
