SELECT count(*) FROM journal.message WHERE state = 'queued'
