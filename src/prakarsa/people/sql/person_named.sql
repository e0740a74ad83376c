SELECT person_id, public_id, name, birth_date, sex, province_code, education, situation, in_formal_education,
       citizenship, language, registered_at
  FROM people.person
 WHERE public_id = %(public_id)s
