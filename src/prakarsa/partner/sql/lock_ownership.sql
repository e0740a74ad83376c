SELECT pg_advisory_xact_lock(hashtext('partner.ownership'))
