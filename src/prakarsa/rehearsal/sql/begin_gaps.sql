UPDATE rehearsal.dry_run SET gaps_due_at = %(due_at)s, gaps_by = %(by)s WHERE run_code = %(run_code)s
