UPDATE curation.assignment
   SET relieved_at = %(now)s, relieved_because = %(because)s
 WHERE assignment_id = %(assignment_id)s
