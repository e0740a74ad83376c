-- The first attendance of a step stands.
UPDATE attendance.test_code
   SET attended = jsonb_build_object(%(sequence)s::text, %(now)s::timestamptz) || attended
 WHERE redeem_code = %(redeem_code)s
