-- Urgent first, then oldest. Messages that another worker holds are skipped.
SELECT message_id, channel, template, language, recipient_sealed, params_sealed, attempts
  FROM journal.message
 WHERE state = 'queued'
   AND next_attempt_at <= %(now)s
 ORDER BY priority, message_id
 LIMIT %(limit)s
   FOR UPDATE SKIP LOCKED
