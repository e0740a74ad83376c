INSERT INTO hold.statement (statement_code, hold_id, kind, party, words, evidence, made_at, due_at)
VALUES (%(statement_code)s, %(hold_id)s, %(kind)s, %(party)s, %(words)s, %(evidence)s::jsonb, %(now)s, %(due_at)s)
