-- A scheme that was loaded before two people had to answer for it gets its two with the next load.
INSERT INTO programme.scheme AS known (scheme, title, source_file, loaded_at, author, approver, approved_at)
VALUES (%(scheme)s, %(title)s, %(source_file)s, %(now)s, %(author)s, %(approver)s, %(now)s)
    ON CONFLICT (scheme) DO UPDATE
   SET source_file = excluded.source_file,
       loaded_at = excluded.loaded_at,
       author = CASE WHEN known.author IS NULL THEN excluded.author ELSE known.author END,
       approver = CASE WHEN known.author IS NULL THEN excluded.approver ELSE known.approver END,
       approved_at = coalesce(known.approved_at, excluded.approved_at)
