-- Sell (positive) or give back (negative) seats: in every class asked for, or in none.
-- Answers with what stands in the way; no row means it is done. Rows are locked in one order, then read as they
-- are under the lock, so two callers queue instead of deadlocking or overselling.
WITH asked AS (
    SELECT * FROM unnest(%(schedule_ids)s::bigint[], %(deltas)s::int[]) AS asked (schedule_id, delta)
),
locked AS MATERIALIZED (
    SELECT schedule_id, schedule_code, seats, seats_sold
      FROM catalogue.schedule
     WHERE schedule_id IN (SELECT schedule_id FROM asked)
     ORDER BY schedule_id
       FOR NO KEY UPDATE
),
obstacle AS MATERIALIZED (
    SELECT asked.schedule_id, locked.schedule_code, coalesce(locked.seats - locked.seats_sold, 0) AS seats_left
      FROM asked
      LEFT JOIN locked USING (schedule_id)
     WHERE locked.schedule_id IS NULL
        OR locked.seats_sold + asked.delta NOT BETWEEN 0 AND locked.seats
),
changed AS (
    UPDATE catalogue.schedule
       SET seats_sold = schedule.seats_sold + asked.delta
      FROM asked
     WHERE schedule.schedule_id = asked.schedule_id
       AND NOT EXISTS (SELECT FROM obstacle)
)
SELECT schedule_id, schedule_code, seats_left FROM obstacle ORDER BY schedule_id
