-- Where a family card has a limit, screeners decide one after the other.
SELECT pg_advisory_xact_lock(hashtext('selection.household'))
