-- How often the catalogue and the policy have changed, as far as this transaction sees, and whether it has itself
-- written: what it wrote nobody else may be shown. Policy rows are only ever added, or completed once.
SELECT (SELECT coalesce(sum(changes), 0)::bigint FROM catalogue.edition) AS edition,
       (SELECT count(*) FROM programme.wave)
       + (SELECT count(*) FROM programme.parameter)
       + (SELECT count(*) + count(approved_at) + count(withdrawn_at) + count(revoked_at) FROM programme.change) AS policy,
       pg_current_xact_id_if_assigned() IS NOT NULL AS writes
