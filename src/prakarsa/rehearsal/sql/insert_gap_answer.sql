INSERT INTO rehearsal.gap_answer (gap_item_id, words, evidence, answered_at)
VALUES (%(gap_item_id)s, %(words)s, %(evidence)s::jsonb, %(now)s)
