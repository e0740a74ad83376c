-- Two rounds that make the lists of one dry run queue here instead of making them twice.
SELECT gaps_through_partner_id
  FROM rehearsal.dry_run
 WHERE run_code = %(run_code)s
   FOR UPDATE
