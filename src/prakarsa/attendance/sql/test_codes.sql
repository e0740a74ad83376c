SELECT redeem_code, test_case AS case
  FROM attendance.test_code
 WHERE institution_id = %(institution_id)s
 ORDER BY test_case
