UPDATE curation.assignment
   SET score_tenths = %(score_tenths)s, scored_at = %(now)s
 WHERE assignment_id = %(assignment_id)s
