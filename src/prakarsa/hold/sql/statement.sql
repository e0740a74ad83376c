SELECT statement_id, statement_code, hold_id, hold_code, kind, statement.party, words, statement.evidence, made_at, due_at,
       outcome, decision_words, decided_by, decided_at
  FROM hold.statement
  JOIN hold.hold USING (hold_id)
 WHERE statement_code = %(statement_code)s
