COPY journal.entry (at, actor, action, subject, person_id, facts) FROM STDIN
