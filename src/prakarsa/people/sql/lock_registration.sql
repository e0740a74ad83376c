-- Two lists that share people could each hold a key the other waits for; so lists take turns.
-- People who register alone never do that to each other and only keep out of the way of lists.
SELECT CASE WHEN %(alone)s THEN pg_advisory_xact_lock_shared(hashtext('people.register'))
            ELSE pg_advisory_xact_lock(hashtext('people.register')) END
