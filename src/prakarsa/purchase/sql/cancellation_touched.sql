-- What cancelling these classes would touch.
SELECT count(*) FILTER (WHERE completed_at IS NULL) AS purchases,
       count(DISTINCT card_id) FILTER (WHERE completed_at IS NULL) AS people,
       coalesce(sum(amount_idr) FILTER (WHERE completed_at IS NULL), 0)::bigint AS amount_idr,
       count(DISTINCT schedule_id) FILTER (WHERE completed_at IS NULL) AS classes,
       count(*) FILTER (WHERE completed_at IS NULL AND redeemed_at IS NOT NULL) AS attended,
       count(*) FILTER (WHERE completed_at IS NOT NULL) AS completed
  FROM purchase.purchase
 WHERE schedule_id = ANY (%(schedule_ids)s)
   AND voided_at IS NULL
