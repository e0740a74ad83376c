-- What the clocks of buying ask of a card and its courses.
SELECT is_probe,
       count(purchase_id) > 0 AS has_live_purchase,
       coalesce(bool_or(completed_at IS NULL) FILTER (WHERE purchase_id IS NOT NULL), false) AS has_open_course,
       max(completed_at) AS last_completed_at
  FROM card.card
  LEFT JOIN purchase.purchase ON purchase.card_id = card.card_id AND voided_at IS NULL
 WHERE card.card_id = %(card_id)s
 GROUP BY is_probe
