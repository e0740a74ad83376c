-- Rank, place and verdict of every entry. Up to the last place of its group, everybody is selected.
WITH ranked AS (
    SELECT application_id, region, tier, digest,
           row_number() OVER (ORDER BY digest, public_id COLLATE "C") AS place
      FROM selection.application,
           LATERAL (SELECT sha256(convert_to(%(seed)s || public_id, 'UTF8'))) AS hashed (digest)
     WHERE wave_id = %(wave_id)s
       AND state = 'eligible'
),
last AS (
    SELECT *
      FROM unnest(%(regions)s::text[], %(tiers)s::text[], %(places)s::int[]) AS last (region, tier, last_place)
)
UPDATE selection.application
   SET rank_digest = ranked.digest,
       place = ranked.place,
       state = CASE WHEN ranked.place <= last_place THEN 'selected' ELSE 'not_selected' END
  FROM ranked
  LEFT JOIN last
    ON last.tier = ranked.tier
   AND last.region = CASE WHEN %(regional)s THEN ranked.region ELSE '' END
 WHERE application.application_id = ranked.application_id
