-- Everybody who holds one of these keys.
SELECT person_id, nik_index, kk_index, phone_index, email_index, name, birth_date, education, situation,
       in_formal_education, citizenship
  FROM people.person
 WHERE nik_index = ANY (%(niks)b)
    OR phone_index = ANY (%(phones)b)
    OR email_index = ANY (%(emails)b)
