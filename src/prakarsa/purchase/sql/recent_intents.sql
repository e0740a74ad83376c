SELECT card_id, count(*) FROM purchase.intent
 WHERE card_id = ANY (%(card_ids)s) AND created_at > %(since)s
 GROUP BY card_id
