-- The classes with most purchases to cancel.
SELECT schedule_code, course.title AS course_title, schedule.starts_at, count(*) AS purchases,
       sum(amount_idr)::bigint AS amount_idr
  FROM purchase.purchase
  JOIN catalogue.schedule USING (schedule_id)
  JOIN catalogue.course ON course.course_id = schedule.course_id
 WHERE schedule_id = ANY (%(schedule_ids)s)
   AND voided_at IS NULL
   AND completed_at IS NULL
 GROUP BY schedule_code, course.title, schedule.starts_at
 ORDER BY count(*) DESC, schedule_code
 LIMIT %(limit)s
