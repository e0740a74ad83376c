-- Add applications in person order, so that two lists queue instead of deadlocking.
-- Whoever has meanwhile joined this or another undecided wave is left out; the caller looks again.
INSERT INTO selection.application (public_id, wave_id, person_id, region, tier, applied_at)
SELECT public_id, %(wave_id)s, person_id, region, tier, %(now)s
  FROM unnest(%(public_ids)b::text[], %(person_ids)b::bigint[], %(regions)b::text[], %(tiers)b::text[])
       AS new (public_id, person_id, region, tier)
 ORDER BY person_id
    ON CONFLICT DO NOTHING
RETURNING application_id, public_id, person_id, region, tier
