-- What the clocks of buying ask of each card's courses.
SELECT asked.card_id,
       count(purchase_id) > 0 AS any_left,
       coalesce(bool_or(completed_at IS NULL) FILTER (WHERE purchase_id IS NOT NULL), false) AS any_open,
       max(completed_at) AS completed_at
  FROM unnest(%(card_ids)s::bigint[]) AS asked (card_id)
  LEFT JOIN purchase.purchase ON purchase.card_id = asked.card_id AND voided_at IS NULL
 GROUP BY asked.card_id
