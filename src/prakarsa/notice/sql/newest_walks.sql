-- The newest walks along one platform's path, or along all, newest first.
SELECT client_code AS platform_code, at, said, outcome, course_code, schedule_code, said_refusal, refusal_code, problem,
       http_status, latency_ms
  FROM notice.probe
  JOIN partner.partner ON partner_id = platform_id
 WHERE (%(platform_code)s::text IS NULL OR client_code = %(platform_code)s)
   AND probe_id < %(before)s
 ORDER BY probe_id DESC
 LIMIT %(limit)s
