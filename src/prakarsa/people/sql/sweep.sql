-- Throw away codes and sessions that ran out before a moment, some thousands at a time.
WITH codes AS (
    DELETE FROM people.sign_in_code
     WHERE code_id IN (SELECT code_id FROM people.sign_in_code WHERE expires_at < %(before)s LIMIT %(limit)s)
    RETURNING 1
),
sessions AS (
    DELETE FROM people.session
     WHERE token_digest IN (SELECT token_digest FROM people.session WHERE expires_at < %(before)s LIMIT %(limit)s)
    RETURNING 1
)
SELECT (SELECT count(*) FROM codes) + (SELECT count(*) FROM sessions)
