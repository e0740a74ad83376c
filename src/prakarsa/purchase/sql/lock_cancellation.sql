SELECT cancellation_id FROM purchase.cancellation WHERE cancellation_code = %(cancellation_code)s FOR UPDATE
