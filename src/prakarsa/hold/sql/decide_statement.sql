UPDATE hold.statement
   SET outcome = %(outcome)s, decision_words = %(words)s, decided_by = %(by)s, decided_at = %(now)s
 WHERE statement_id = %(statement_id)s
