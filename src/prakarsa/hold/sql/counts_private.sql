-- How many holds on cards and people stand at a moment.
SELECT scope, capability, count(*) AS holds
  FROM hold.hold
 WHERE scope IN ('card', 'person')
   AND over_at > %(now)s
   AND starts_at <= %(now)s
 GROUP BY scope, capability
 ORDER BY scope, capability
