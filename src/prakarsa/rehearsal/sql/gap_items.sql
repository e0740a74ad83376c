-- One page of the items of a list, or of those that wait for a decision anywhere; or one item by its code.
SELECT gap_item_id, item_code, gap_item.gap_list_id, list_code, partner.client_code AS partner_code, due_at, thing,
       thing_id, thing_code, thing_name, condition, bit, refusal_code, facts, state, closed_at
  FROM rehearsal.gap_item
  JOIN rehearsal.gap_list USING (gap_list_id)
  JOIN partner.partner USING (partner_id)
 WHERE (%(item_code)s::text IS NULL OR item_code = %(item_code)s)
   AND (%(gap_list_id)s::bigint IS NULL OR gap_list_id = %(gap_list_id)s)
   AND (%(state)s::text IS NULL OR state = %(state)s)
   AND gap_item_id > %(after)s
 ORDER BY gap_item_id
 LIMIT %(limit)s
