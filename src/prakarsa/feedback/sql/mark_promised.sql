UPDATE feedback.survey
   SET promised_at = %(now)s
  FROM unnest(%(person_ids)s::bigint[], %(numbers)s::int[]) AS promised (person_id, number)
 WHERE survey.person_id = promised.person_id
   AND survey.number = promised.number
