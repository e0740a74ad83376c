DELETE FROM people.session
 WHERE token_digest = %(token)s
RETURNING person_id, (SELECT public_id FROM people.person WHERE person.person_id = session.person_id) AS public_id,
          staff_id
