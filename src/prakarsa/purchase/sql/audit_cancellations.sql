-- Mass cancellations whose count is not what they cancelled, and finished ones that left something.
WITH class AS (
    SELECT cancellation_id, schedule_id
      FROM catalogue.schedule
      JOIN catalogue.course USING (course_id)
      JOIN partner.partner AS institution ON institution.partner_id = course.institution_id
      JOIN purchase.cancellation
        ON (scope, target_code) IN (('schedule', schedule_code), ('course', course_code),
                                    ('institution', institution.client_code))
),
missed AS (
    SELECT class.cancellation_id, count(*) AS purchases
      FROM purchase.cancellation
      JOIN hold.hold USING (hold_id)
      JOIN class USING (cancellation_id)
      JOIN purchase.purchase USING (schedule_id)
     WHERE cancellation.finished_at IS NOT NULL
       AND voided_at IS NULL
       AND completed_at IS NULL
       AND (purchased_at <= confirmed_at OR purchased_at < hold.over_at)
     GROUP BY class.cancellation_id
),
done AS (
    SELECT cancellation_id, count(*) AS purchases, sum(amount_idr)::bigint AS sum_idr
      FROM purchase.purchase
     WHERE cancellation_id IS NOT NULL
     GROUP BY cancellation_id
)
SELECT 'cancellation/' || cancellation_code AS subject,
       jsonb_build_object('left', coalesce(missed.purchases, 0), 'counted', done_purchases, 'counted_idr', done_idr,
                          'cancelled', coalesce(done.purchases, 0), 'cancelled_idr', coalesce(done.sum_idr, 0)) AS facts
  FROM purchase.cancellation
  LEFT JOIN done USING (cancellation_id)
  LEFT JOIN missed USING (cancellation_id)
 WHERE (done_purchases, done_idr) <> (coalesce(done.purchases, 0), coalesce(done.sum_idr, 0))
    OR missed.purchases > 0
 ORDER BY cancellation_code
