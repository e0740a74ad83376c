-- Classes without a seat. No index helps: one on the seats sold would have to be kept by every sale.
SELECT schedule_id FROM catalogue.schedule WHERE seats_sold >= seats AND starts_at >= %(since)s
