-- The newest seal. The lock makes sealing one at a time.
SELECT seal_no, entry_id, transaction_id::text, digest
  FROM journal.seal, pg_advisory_xact_lock(hashtext('journal.seal')) AS locked
 ORDER BY seal_no DESC
 LIMIT 1
