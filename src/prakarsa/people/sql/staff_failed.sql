UPDATE people.staff
   SET failed_tries = %(failed_tries)s, locked_until = %(locked_until)s
 WHERE staff_id = %(staff_id)s
