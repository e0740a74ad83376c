UPDATE curation.application
   SET state = %(state)s, due_at = %(due_at)s, ended_at = %(ended_at)s
 WHERE application_id = %(application_id)s
