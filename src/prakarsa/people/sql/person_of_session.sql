SELECT person_id, public_id, name, birth_date, sex, province_code, education, situation, in_formal_education,
       citizenship, language, registered_at
  FROM people.session
  JOIN people.person USING (person_id)
 WHERE token_digest = %(token)s
   AND expires_at > %(now)s
