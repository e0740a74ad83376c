UPDATE purchase.intent SET tries = tries + 1
 WHERE (card_id, intent_id) IN (SELECT * FROM unnest(%(card_ids)s::bigint[], %(intent_ids)s::bigint[]))
