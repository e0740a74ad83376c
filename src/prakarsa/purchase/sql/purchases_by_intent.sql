-- Purchases that grew out of these intents.
SELECT * FROM purchase.detail
 WHERE (card_id, intent_id) IN (SELECT * FROM unnest(%(card_ids)s::bigint[], %(intent_ids)s::bigint[]))
