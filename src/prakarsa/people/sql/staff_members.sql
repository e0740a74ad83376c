SELECT staff_id, email, name, role FROM people.staff WHERE left_at IS NULL ORDER BY email
