-- The next entries in (transaction, entry) order, all older than any transaction still running.
SELECT entry_id, at, actor, action, subject, person_id, facts::text AS facts_text,
       transaction_id::text AS transaction_id
  FROM journal.entry
 WHERE (transaction_id, entry_id) > (%(after_transaction)s::xid8, %(after_entry)s)
   AND transaction_id < pg_snapshot_xmin(pg_current_snapshot())
 ORDER BY entry.transaction_id, entry.entry_id
 LIMIT %(limit)s
