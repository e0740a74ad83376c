SELECT step_id, item, words, answer, answered_by, answered_at
  FROM curation.mend
 WHERE step_id = ANY (%(step_ids)s)
 ORDER BY step_id, mend_id
