UPDATE rehearsal.gap_answer
   SET outcome = %(outcome)s, decision_words = %(words)s, decided_by = %(by)s, decided_at = %(now)s
 WHERE gap_item_id = %(gap_item_id)s
   AND decided_at IS NULL
