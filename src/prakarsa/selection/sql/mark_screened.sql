UPDATE selection.application
   SET state = screened.state,
       reasons = screened.reasons::jsonb,
       registry_version = screened.registry_version,
       screened_at = %(now)s
  FROM unnest(%(application_ids)b::bigint[], %(states)b::text[], %(reasons)b::text[], %(versions)b::text[])
       AS screened (application_id, state, reasons, registry_version)
 WHERE application.application_id = screened.application_id
