SELECT entry_id, at, action, subject, facts
  FROM journal.entry
 WHERE person_id = %(person_id)s
   AND entry_id < %(before)s
 ORDER BY entry_id DESC
 LIMIT %(limit)s
