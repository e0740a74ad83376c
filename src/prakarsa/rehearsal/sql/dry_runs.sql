-- One dry run by code, or one page of them, newest first.
SELECT dry_run_id, run_code, scheme, title, change_code, file_digest, wave_number, waves, effective_on, terms_before,
       terms_after, summary, ran_by, ran_at, gaps_due_at, gaps_by, gaps_made_at
  FROM rehearsal.dry_run
 WHERE (%(run_code)s::text IS NULL OR run_code = %(run_code)s)
   AND (%(change_code)s::text IS NULL OR change_code = %(change_code)s)
   AND dry_run_id < %(before)s
 ORDER BY dry_run_id DESC
 LIMIT %(limit)s
