UPDATE journal.message
   SET state = 'sent', sent_at = %(now)s, attempts = attempts + 1, params_sealed = NULL, error = NULL
 WHERE message_id = ANY (%(ids)s)
