-- Every class that has not begun: the day in Jakarta (in days since 1970) and the last microsecond a seat is sold.
SELECT schedule_id, schedule_code, course_id,
       (starts_at AT TIME ZONE 'Asia/Jakarta')::date - date '1970-01-01' AS day,
       province_code,
       (1000000 * extract(epoch FROM least(enrolment_closes_at, starts_at - interval '1 microsecond')))::bigint
           AS last_sale_us
  FROM catalogue.schedule
 WHERE starts_at >= %(since)s
