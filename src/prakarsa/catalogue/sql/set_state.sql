UPDATE catalogue.course
   SET state = %(state)s, decided_at = %(decided_at)s, decided_by = %(decided_by)s, decision_reason = %(reason)s
 WHERE course_id = %(course_id)s
