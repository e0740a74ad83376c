UPDATE people.staff
   SET failed_tries = 0, locked_until = NULL, last_totp_step = %(step)s
 WHERE staff_id = %(staff_id)s
