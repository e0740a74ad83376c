SELECT pg_advisory_xact_lock(hashtextextended('curation.application/' || %(partner_id)s::bigint, 0))
