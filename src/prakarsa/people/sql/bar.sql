-- Bar people by the index of their NIK, for life. The first reason stays; running again changes nothing.
WITH added AS (
    INSERT INTO people.barred (nik_index, reason, barred_at)
    SELECT nik_index, %(reason)s, %(now)s
      FROM people.person
     WHERE person_id = ANY (%(person_ids)s)
     ORDER BY nik_index
        ON CONFLICT (nik_index) DO NOTHING
    RETURNING nik_index
)
SELECT person_id, public_id
  FROM people.person
  JOIN added USING (nik_index)
 ORDER BY person_id
