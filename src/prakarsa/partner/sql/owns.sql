-- Follow ownership downwards from the owner. UNION drops partners seen before, so even a cycle ends.
WITH RECURSIVE below AS (
    SELECT owned_id FROM partner.ownership WHERE owner_id = %(owner_id)s
     UNION
    SELECT ownership.owned_id FROM partner.ownership JOIN below ON ownership.owner_id = below.owned_id
)
SELECT EXISTS (SELECT FROM below WHERE owned_id = %(owned_id)s)
