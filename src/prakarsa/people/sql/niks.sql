SELECT person_id, nik_sealed FROM people.person WHERE person_id = ANY (%(person_ids)s)
