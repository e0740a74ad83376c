-- The first answer stands.
UPDATE complaint.complaint
   SET answer_sealed = %(answer_sealed)s, answered_by = %(answered_by)s, answered_at = %(now)s
 WHERE number = %(number)s
   AND answered_at IS NULL
