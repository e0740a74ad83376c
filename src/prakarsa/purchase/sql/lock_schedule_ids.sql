-- Seat counters, always in the same order: whoever is selling there has finished when this returns.
SELECT schedule_id FROM catalogue.schedule WHERE schedule_id = ANY (%(schedule_ids)s)
 ORDER BY schedule_id FOR NO KEY UPDATE
