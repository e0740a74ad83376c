INSERT INTO feedback.survey (person_id, number, out_of, wave_number, purchase_id, opens_at)
SELECT *
  FROM unnest(%(person_ids)s::bigint[], %(numbers)s::int[], %(out_ofs)s::int[], %(wave_numbers)s::int[],
              %(purchase_ids)s::bigint[], %(opens)s::timestamptz[])
    ON CONFLICT (person_id, number) DO NOTHING
