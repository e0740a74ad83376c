-- Requests for one address take turns, so that its hourly count is right.
SELECT pg_advisory_xact_lock(hashtext('people.sign_in'), hashtext(encode(%(address)s::bytea, 'hex')))
