-- Entries whose place in the chain has already been passed.
SELECT entry.entry_id
  FROM journal.entry
  LEFT JOIN journal.seal ON seal.entry_id = entry.entry_id
 WHERE seal.entry_id IS NULL
   AND (entry.transaction_id, entry.entry_id)
       < (SELECT transaction_id, entry_id FROM journal.seal AS newest ORDER BY seal_no DESC LIMIT 1)
 ORDER BY entry.entry_id
