SELECT pg_advisory_xact_lock(hashtextextended('curation.review/' || %(course_id)s::bigint, 0))
