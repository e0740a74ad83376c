SELECT seal.seal_no, seal.entry_id AS sealed_entry_id, seal.digest,
       entry.entry_id, entry.at, entry.actor, entry.action, entry.subject, entry.person_id,
       entry.facts::text AS facts_text, entry.transaction_id::text AS transaction_id
  FROM journal.seal
  LEFT JOIN journal.entry ON entry.entry_id = seal.entry_id
 ORDER BY seal.seal_no
