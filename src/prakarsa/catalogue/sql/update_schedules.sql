-- Classes of which a seat has been sold meanwhile are passed over. Rows are locked in the order in which seats are sold.
WITH draft AS (
    SELECT *
      FROM unnest(%(codes)s::text[], %(course_ids)s::bigint[], %(starts)s::timestamptz[], %(ends)s::timestamptz[],
                  %(closes)s::timestamptz[], %(seats)s::int[], %(provinces)s::text[], %(places)s::text[])
           AS draft (schedule_code, course_id, starts_at, ends_at, enrolment_closes_at, seats, province_code, place)
),
locked AS MATERIALIZED (
    SELECT schedule.schedule_id
      FROM catalogue.schedule
      JOIN draft USING (schedule_code)
     WHERE seats_sold = 0
     ORDER BY schedule_id
       FOR NO KEY UPDATE OF schedule
)
UPDATE catalogue.schedule
   SET starts_at = draft.starts_at,
       ends_at = draft.ends_at,
       enrolment_closes_at = draft.enrolment_closes_at,
       seats = draft.seats,
       province_code = draft.province_code,
       place = draft.place
  FROM draft
 WHERE schedule.schedule_code = draft.schedule_code
   AND schedule.schedule_id IN (SELECT schedule_id FROM locked)
RETURNING schedule.schedule_code
