-- Which of these pairs are one partner, or one owns the other, directly or through others. Follows ownership down from
-- everyone asked about; UNION drops what was seen before, so even a cycle ends.
WITH RECURSIVE pair AS (
    SELECT DISTINCT * FROM unnest(%(left_ids)s::bigint[], %(right_ids)s::bigint[]) AS pair (left_id, right_id)
),
below AS (
    SELECT owner_id AS top_id, owned_id
      FROM partner.ownership
     WHERE owner_id IN (SELECT left_id FROM pair UNION SELECT right_id FROM pair)
     UNION
    SELECT below.top_id, ownership.owned_id
      FROM partner.ownership
      JOIN below ON ownership.owner_id = below.owned_id
)
SELECT left_id, right_id
  FROM pair
 WHERE left_id = right_id
    OR EXISTS (SELECT FROM below WHERE (top_id, owned_id) IN ((left_id, right_id), (right_id, left_id)))
