"""Words every room shares: money, ids, clock, transactions, refusals, settings. Imports nothing of ours."""
