-- The hours that have just been walked in, counted anew from their walks. Only walks after which something was said to be
-- on sale speak of a minute; a walk that was not tried says nothing.
INSERT INTO notice.probe_hour (platform_id, hour_at, minutes_said, minutes_could, walks, mismatches, slowest_ms)
SELECT platform_id, hour_at, count(*) FILTER (WHERE could IS NOT NULL), count(*) FILTER (WHERE could), sum(walks),
       sum(mismatches), max(slowest_ms)
  FROM (SELECT platform_id, date_trunc('hour', at, 'UTC') AS hour_at, date_trunc('minute', at, 'UTC') AS minute_at,
               bool_and(outcome = 'could') FILTER (WHERE said = 'on_sale' AND outcome <> 'not_tried') AS could,
               count(*) AS walks, count(*) FILTER (WHERE mismatch) AS mismatches, max(latency_ms) AS slowest_ms
          FROM notice.probe
         WHERE at >= %(since)s
           AND at < %(until)s
         GROUP BY 1, 2, 3) AS minute
 GROUP BY platform_id, hour_at
    ON CONFLICT (platform_id, hour_at) DO UPDATE
   SET minutes_said = EXCLUDED.minutes_said, minutes_could = EXCLUDED.minutes_could, walks = EXCLUDED.walks,
       mismatches = EXCLUDED.mismatches, slowest_ms = EXCLUDED.slowest_ms
