-- Add people. Whoever meets a key that was taken meanwhile is left out; the caller looks again.
INSERT INTO people.person
       (public_id, name, birth_date, sex, province_code, education, situation, in_formal_education, citizenship,
        language, nik_sealed, nik_index, kk_sealed, kk_index, phone_sealed, phone_index, email_sealed, email_index,
        registered_at)
SELECT public_id, name, birth_date, sex, province_code, education, situation, in_formal_education, citizenship,
       language, nik_sealed, nik_index, kk_sealed, kk_index, phone_sealed, phone_index, email_sealed, email_index,
       %(now)s
  FROM unnest(%(public_ids)b::text[], %(names)b::text[], %(birth_dates)b::date[], %(sexes)b::text[],
              %(province_codes)b::text[], %(educations)b::text[], %(situations)b::text[], %(in_schools)b::boolean[],
              %(citizenships)b::text[], %(languages)b::text[], %(niks_sealed)b::bytea[], %(niks)b::bytea[],
              %(kks_sealed)b::bytea[], %(kks)b::bytea[], %(phones_sealed)b::bytea[], %(phones)b::bytea[],
              %(emails_sealed)b::bytea[], %(emails)b::bytea[])
       AS new (public_id, name, birth_date, sex, province_code, education, situation, in_formal_education,
               citizenship, language, nik_sealed, nik_index, kk_sealed, kk_index, phone_sealed, phone_index,
               email_sealed, email_index)
    ON CONFLICT DO NOTHING
RETURNING nik_index, person_id, public_id
