SELECT kind, count(*), sum(balance_idr) FROM ledger.account GROUP BY kind ORDER BY kind
