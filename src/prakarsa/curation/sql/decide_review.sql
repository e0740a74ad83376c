UPDATE curation.review
   SET state = %(state)s, words = %(words)s, improve_by_at = coalesce(%(improve_by_at)s, improve_by_at),
       hold_code = %(hold_code)s, decided_by = %(by)s, decided_at = %(now)s, ended_at = %(ended_at)s
 WHERE review_id = %(review_id)s
