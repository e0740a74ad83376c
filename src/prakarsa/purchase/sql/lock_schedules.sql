-- Seat counters, always in the same order, after the cards.
SELECT schedule_id FROM catalogue.schedule WHERE schedule_code = ANY (%(schedule_codes)s)
 ORDER BY schedule_id FOR NO KEY UPDATE
