-- Count one try against a code that still lives. The row stays locked, so tries at once are counted one by one.
UPDATE people.sign_in_code
   SET tries = tries + 1
 WHERE handle_digest = %(handle)s
   AND used_at IS NULL
   AND expires_at > %(now)s
   AND tries < %(most)s
RETURNING code_id, person_id, code_digest, tries
