INSERT INTO programme.wave (number, scheme, opens_at, closes_at, quota, region_quota, budget_year, budget_account_id)
VALUES (%(number)s, %(scheme)s, %(opens_at)s, %(closes_at)s, %(quota)s, %(region_quota)s::jsonb, %(budget_year)s,
        %(budget_account_id)s)
RETURNING wave_id, number, scheme, opens_at, closes_at, quota, region_quota, budget_year, budget_account_id
