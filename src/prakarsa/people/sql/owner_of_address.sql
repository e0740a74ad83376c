SELECT person_id, public_id, name, phone_sealed, email_sealed, language
  FROM people.person
 WHERE phone_index = %(address)s
    OR email_index = %(address)s
