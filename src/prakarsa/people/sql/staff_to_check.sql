-- The row stays locked until the answer is known, so guesses at one account are counted one by one.
SELECT staff_id, password_hash, totp_sealed, last_totp_step, failed_tries, locked_until
  FROM people.staff
 WHERE email = %(email)s
   AND left_at IS NULL
   FOR UPDATE
