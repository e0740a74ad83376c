SELECT number AS wave_number, terms, entries, list_sha256, entries_sha256, committed_at, seed, seed_source, seeded_at,
       drawn_at, selected, last_places
  FROM selection.draw
  JOIN programme.wave USING (wave_id)
 WHERE number = ANY (%(wave_numbers)s)
