-- Within one wave everybody is added in person order. A list for several waves has no such order and goes alone.
SELECT CASE WHEN %(alone)s THEN pg_advisory_xact_lock(hashtext('selection.apply'))
            ELSE pg_advisory_xact_lock_shared(hashtext('selection.apply')) END
