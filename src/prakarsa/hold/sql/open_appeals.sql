-- Appeals that nobody has decided, the most urgent first.
SELECT statement_id, statement_code, hold_id, hold_code, kind, statement.party, words, statement.evidence, made_at, due_at,
       outcome, decision_words, decided_by, decided_at
  FROM hold.statement
  JOIN hold.hold USING (hold_id)
 WHERE kind = 'appeal'
   AND decided_at IS NULL
 ORDER BY due_at, statement_id
 LIMIT %(limit)s
