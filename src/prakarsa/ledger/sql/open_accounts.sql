INSERT INTO ledger.account (kind, owner, may_overdraw)
SELECT %(kind)s, owner, %(may_overdraw)s
  FROM unnest(%(owners)s::text[]) AS owner
    ON CONFLICT (kind, owner) DO NOTHING
