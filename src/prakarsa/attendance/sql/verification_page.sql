SELECT partner.name AS institution_name, coalesce(course.title, code.test_case) AS course_title,
       verification.sequence, verification.expires_at, verification.test_code IS NOT NULL AS is_test
  FROM attendance.verification
  LEFT JOIN purchase.purchase USING (purchase_id)
  LEFT JOIN catalogue.course USING (course_id)
  LEFT JOIN attendance.test_code AS code ON code.redeem_code = verification.test_code
  JOIN partner.partner ON partner.partner_id = coalesce(purchase.institution_id, code.institution_id)
 WHERE verification.verification_id = %(verification_id)s
