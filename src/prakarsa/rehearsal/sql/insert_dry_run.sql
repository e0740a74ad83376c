INSERT INTO rehearsal.dry_run
       (run_code, scheme, title, change_code, file_digest, wave_number, waves, effective_on, terms_before, terms_after,
        summary, ran_by, ran_at)
VALUES (%(run_code)s, %(scheme)s, %(title)s, %(change_code)s, %(file_digest)s, %(wave_number)s, %(waves)s,
        %(effective_on)s, %(terms_before)s::jsonb, %(terms_after)s::jsonb, %(summary)s::jsonb, %(ran_by)s, %(now)s)
