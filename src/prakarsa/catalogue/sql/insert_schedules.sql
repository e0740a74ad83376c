-- Codes already taken are passed over, so running it again adds nothing. In code order against deadlocks.
INSERT INTO catalogue.schedule (schedule_code, course_id, starts_at, ends_at, enrolment_closes_at, seats,
                                province_code, place)
SELECT *
  FROM unnest(%(codes)s::text[], %(course_ids)s::bigint[], %(starts)s::timestamptz[], %(ends)s::timestamptz[],
              %(closes)s::timestamptz[], %(seats)s::int[], %(provinces)s::text[], %(places)s::text[])
       AS draft (schedule_code)
 ORDER BY draft.schedule_code
    ON CONFLICT (schedule_code) DO NOTHING
RETURNING schedule_code
