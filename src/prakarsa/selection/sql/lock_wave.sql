-- Applying shares a wave; whoever closes its list waits for them and then has it alone.
SELECT CASE WHEN %(alone)s THEN pg_advisory_xact_lock(hashtext('selection.wave'), %(wave_id)s::int)
            ELSE pg_advisory_xact_lock_shared(hashtext('selection.wave'), %(wave_id)s::int) END
