INSERT INTO programme.scheme (scheme, title, source_file, loaded_at)
VALUES (%(scheme)s, %(title)s, %(source_file)s, %(now)s)
    ON CONFLICT (scheme) DO UPDATE SET source_file = excluded.source_file, loaded_at = excluded.loaded_at
