INSERT INTO selection.draw (wave_id, terms, entries, list_sha256, entries_sha256, committed_at)
VALUES (%(wave_id)s, %(terms)s::jsonb, %(entries)s, %(list_sha256)s, %(entries_sha256)s, %(now)s)
