SELECT redeem_code, institution_id, test_case, issued_at, attended
  FROM attendance.test_code
 WHERE redeem_code = %(redeem_code)s
