-- For each pair of partners the shortest way from owner to owned, whichever of the two owns the other.
WITH RECURSIVE pair AS (
    SELECT DISTINCT * FROM unnest(%(platforms)s::text[], %(institutions)s::text[]) AS pair (platform, institution)
),
way AS (
    SELECT owner.client_code AS top, owned.client_code AS bottom, ARRAY[owner.client_code, owned.client_code] AS steps,
           ownership.owned_id AS at_id
      FROM partner.ownership
      JOIN partner.partner AS owner ON owner.partner_id = owner_id
      JOIN partner.partner AS owned ON owned.partner_id = owned_id
     WHERE owner.client_code IN (SELECT platform FROM pair UNION SELECT institution FROM pair)
     UNION ALL
    SELECT way.top, owned.client_code, way.steps || owned.client_code, ownership.owned_id
      FROM way
      JOIN partner.ownership ON ownership.owner_id = way.at_id
      JOIN partner.partner AS owned ON owned.partner_id = ownership.owned_id
     WHERE NOT owned.client_code = ANY (way.steps)
)
SELECT DISTINCT ON (platform, institution) platform, institution, steps
  FROM pair
  JOIN way ON (way.top, way.bottom) IN ((platform, institution), (institution, platform))
 ORDER BY platform, institution, cardinality(steps), steps
