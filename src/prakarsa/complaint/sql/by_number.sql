SELECT complaint_id, number, person_id, category, owner, words_sealed, opened_at, due_at, answer_sealed, answered_by,
       answered_at
  FROM complaint.complaint
 WHERE number = %(number)s
