SELECT item, words, answer, answered_by, answered_at
  FROM curation.mend
 WHERE round_id = %(round_id)s
 ORDER BY mend_id
