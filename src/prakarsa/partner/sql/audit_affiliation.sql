-- Pairs of platform and institution that the table and the graph of ownership do not agree on.
WITH RECURSIVE below AS (
    SELECT owner_id AS top_id, owned_id FROM partner.ownership
     UNION
    SELECT below.top_id, ownership.owned_id
      FROM below
      JOIN partner.ownership ON ownership.owner_id = below.owned_id
),
wanted AS (
    SELECT DISTINCT platform.partner_id AS platform_id, institution.partner_id AS institution_id
      FROM below
      JOIN partner.partner AS platform ON platform.partner_id IN (top_id, owned_id) AND platform.kind = 'platform'
      JOIN partner.partner AS institution ON institution.partner_id IN (top_id, owned_id)
                                         AND institution.kind = 'institution'
)
SELECT 'partner/' || platform.client_code AS subject,
       jsonb_build_object('institution', institution.client_code) AS facts
  FROM wanted
  FULL JOIN partner.affiliation AS kept USING (platform_id, institution_id)
  JOIN partner.partner AS platform ON platform.partner_id = platform_id
  JOIN partner.partner AS institution ON institution.partner_id = institution_id
 WHERE wanted IS NULL OR kept IS NULL
 ORDER BY platform.client_code, institution.client_code
