SELECT complaint_id, number, person_id, category, owner, words_sealed, opened_at, due_at, answer_sealed, answered_by,
       answered_at
  FROM complaint.complaint
 WHERE person_id = %(person_id)s
   AND complaint_id < %(before)s
 ORDER BY complaint_id DESC
 LIMIT %(limit)s
