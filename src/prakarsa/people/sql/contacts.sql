SELECT person_id, name, phone_sealed, email_sealed, language
  FROM people.person
 WHERE person_id = ANY (%(person_ids)s)
