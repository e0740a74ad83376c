-- Open items about platforms and institutions themselves, with the partner and the dry run that asks.
SELECT gap_item_id, item_code, gap_item.gap_list_id, list_code, partner.client_code AS partner_code,
       gap_list.due_at AS due_at, thing, thing_id, thing_code, thing_name, condition, bit, refusal_code, facts, state,
       closed_at, run_code
  FROM rehearsal.gap_item
  JOIN rehearsal.gap_list USING (gap_list_id)
  JOIN rehearsal.dry_run USING (dry_run_id)
  JOIN partner.partner USING (partner_id)
 WHERE closed_at IS NULL
   AND thing <> 'course'
   AND gap_item_id > %(after)s
 ORDER BY gap_item_id
 LIMIT %(limit)s
