UPDATE curation.mend
   SET answer = draft.answer, answered_by = %(by)s, answered_at = %(now)s
  FROM unnest(%(items)s::text[], %(answers)s::text[]) AS draft (item, answer)
 WHERE mend.item = draft.item
   AND (mend.round_id = %(round_id)s OR mend.step_id = %(step_id)s)
