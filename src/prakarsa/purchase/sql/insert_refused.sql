INSERT INTO purchase.refused_attempt (card_id, at, platform_id, course_id, refusal_code, facts, hold_id)
SELECT row.card_id, %(now)s, row.platform_id, row.course_id, row.refusal_code, row.facts::jsonb, hold.hold_id
  FROM unnest(%(card_ids)s::bigint[], %(platform_ids)s::bigint[], %(course_ids)s::bigint[], %(codes)s::text[],
              %(facts)s::text[], %(hold_codes)s::text[])
       AS row (card_id, platform_id, course_id, refusal_code, facts, hold_code)
  LEFT JOIN hold.hold ON hold.hold_code = row.hold_code
