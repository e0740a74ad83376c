INSERT INTO notice.probe (platform_id, at, said, course_code, schedule_code, said_refusal, outcome, refusal_code, problem,
                          http_status, latency_ms, mismatch)
SELECT partner_id, at, said, course_code, schedule_code, said_refusal, outcome, refusal_code, problem, http_status,
       latency_ms, mismatch
  FROM unnest(%(platform_codes)s::text[], %(ats)s::timestamptz[], %(saids)s::text[], %(course_codes)s::text[],
              %(schedule_codes)s::text[], %(said_refusals)s::text[], %(outcomes)s::text[], %(refusal_codes)s::text[],
              %(problems)s::text[], %(statuses)s::int[], %(latencies)s::int[], %(mismatches)s::boolean[])
       WITH ORDINALITY
       AS walk (client_code, at, said, course_code, schedule_code, said_refusal, outcome, refusal_code, problem,
                http_status, latency_ms, mismatch, place)
  JOIN partner.partner USING (client_code)
 ORDER BY place
