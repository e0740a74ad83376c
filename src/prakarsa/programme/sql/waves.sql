SELECT wave_id, number, scheme, opens_at, closes_at, quota, region_quota, budget_year, budget_account_id
  FROM programme.wave
 WHERE %(number)s::int IS NULL
    OR number = %(number)s
 ORDER BY number
