INSERT INTO rehearsal.gap_item
       (item_code, gap_list_id, thing, thing_id, thing_code, thing_name, condition, bit, refusal_code, facts)
SELECT item_code, %(gap_list_id)s, thing, thing_id, thing_code, thing_name, condition, bit, refusal_code, facts
  FROM jsonb_to_recordset(%(rows)s::jsonb) AS item (
           item_code text, thing text, thing_id bigint, thing_code text, thing_name text, condition text, bit int,
           refusal_code text, facts jsonb)
