SELECT pg_advisory_xact_lock(hashtextextended('curation.round/' || %(course_id)s::bigint, 0))
