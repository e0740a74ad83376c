SELECT staff_id, email, name, role
  FROM people.session
  JOIN people.staff USING (staff_id)
 WHERE token_digest = %(token)s
   AND expires_at > %(now)s
   AND left_at IS NULL
