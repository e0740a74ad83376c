-- Every platform and institution of which one owns the other, directly or through others: what is new is added, what
-- is over is removed, the rest is not touched. UNION drops what was seen before, so even a cycle ends.
WITH RECURSIVE below AS (
    SELECT owner_id AS top_id, owned_id FROM partner.ownership
     UNION
    SELECT below.top_id, ownership.owned_id
      FROM below
      JOIN partner.ownership ON ownership.owner_id = below.owned_id
),
wanted AS MATERIALIZED (
    SELECT DISTINCT platform.partner_id AS platform_id, institution.partner_id AS institution_id
      FROM below
      JOIN partner.partner AS platform ON platform.partner_id IN (top_id, owned_id) AND platform.kind = 'platform'
      JOIN partner.partner AS institution ON institution.partner_id IN (top_id, owned_id)
                                         AND institution.kind = 'institution'
),
over AS (
    DELETE FROM partner.affiliation WHERE (platform_id, institution_id) NOT IN (TABLE wanted)
)
INSERT INTO partner.affiliation (platform_id, institution_id)
TABLE wanted
    ON CONFLICT DO NOTHING
