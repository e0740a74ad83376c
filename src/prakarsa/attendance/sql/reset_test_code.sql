UPDATE attendance.test_code SET attended = %(attended)s::jsonb WHERE redeem_code = %(redeem_code)s
