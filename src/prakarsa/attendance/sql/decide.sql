UPDATE attendance.verification
   SET outcome = %(outcome)s, decided_at = %(now)s
 WHERE verification_id = %(verification_id)s
