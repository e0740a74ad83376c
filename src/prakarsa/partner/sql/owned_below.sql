-- Every ownership below an owner, by client codes. UNION drops what was seen before, so even a cycle ends.
WITH RECURSIVE below AS (
    SELECT owner_id, owned_id FROM partner.ownership WHERE owner_id = %(owner_id)s
     UNION
    SELECT ownership.owner_id, ownership.owned_id
      FROM below
      JOIN partner.ownership ON ownership.owner_id = below.owned_id
)
SELECT owner.client_code, owned.client_code
  FROM below
  JOIN partner.partner AS owner ON owner.partner_id = owner_id
  JOIN partner.partner AS owned ON owned.partner_id = owned_id
 ORDER BY owner.client_code, owned.client_code
