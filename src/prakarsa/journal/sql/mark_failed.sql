UPDATE journal.message
   SET state = CASE WHEN %(final)s THEN 'failed' ELSE 'queued' END,
       attempts = attempts + 1,
       error = %(error)s,
       next_attempt_at = %(next_attempt_at)s
 WHERE message_id = %(id)s
