-- Entries of a draw that do not stand in the place that seed and id give them.
WITH ranked AS (
    SELECT public_id, rank_digest, application.place, digest,
           row_number() OVER (ORDER BY digest, public_id COLLATE "C") AS due
      FROM selection.application,
           LATERAL (SELECT sha256(convert_to(%(seed)s || public_id, 'UTF8'))) AS hashed (digest)
     WHERE wave_id = %(wave_id)s
       AND state IN ('eligible', 'selected', 'not_selected')
)
SELECT 'application/' || public_id AS subject,
       jsonb_build_object('problem', format('place %%s, the draw gives place %%s', coalesce(place::text, '–'), due))
           AS facts
  FROM ranked
 WHERE place IS DISTINCT FROM due
    OR rank_digest IS DISTINCT FROM digest
 ORDER BY due
