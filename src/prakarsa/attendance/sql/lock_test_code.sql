SELECT redeem_code FROM attendance.test_code WHERE redeem_code = %(redeem_code)s FOR UPDATE
