SELECT gap_answer_id, gap_item_id, words, evidence, answered_at, outcome, decision_words, decided_by, decided_at
  FROM rehearsal.gap_answer
 WHERE gap_item_id = ANY (%(gap_item_ids)s)
 ORDER BY gap_item_id, gap_answer_id DESC
