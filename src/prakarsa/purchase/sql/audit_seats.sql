-- Classes whose seat counter is not the number of live purchases, or exceeds their seats.
SELECT 'schedule/' || schedule_code AS subject,
       jsonb_build_object('seats', seats, 'seats_sold', seats_sold, 'live', coalesce(live, 0)) AS facts
  FROM catalogue.schedule
  LEFT JOIN (SELECT schedule_id, count(*) AS live
               FROM purchase.purchase
              WHERE voided_at IS NULL
              GROUP BY schedule_id) AS bought USING (schedule_id)
 WHERE seats_sold <> coalesce(live, 0)
    OR seats_sold > seats
 ORDER BY schedule_code
