INSERT INTO catalogue.attestation (course_id, fact, value, was, evidence, attested_by, attested_at)
VALUES (%(course_id)s, %(fact)s, %(value)s::jsonb, %(was)s::jsonb, %(evidence)s::jsonb, %(by)s, %(now)s)
