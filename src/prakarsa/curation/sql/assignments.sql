SELECT assignment_id, round_id, assessor, assigned_at, score_tenths, scored_at
  FROM curation.assignment
 WHERE round_id = %(round_id)s
   AND relieved_at IS NULL
 ORDER BY assignment_id
