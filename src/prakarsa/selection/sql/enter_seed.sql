UPDATE selection.draw
   SET seed = %(seed)s, seed_source = %(source)s, seeded_at = %(now)s
 WHERE wave_id = %(wave_id)s
   AND seed IS NULL
