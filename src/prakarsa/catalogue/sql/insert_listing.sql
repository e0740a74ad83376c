-- A listing that was ended begins anew; one in force stays as it is.
INSERT INTO catalogue.listing (course_id, platform_id, listed_at)
VALUES (%(course_id)s, %(platform_id)s, %(now)s)
    ON CONFLICT (course_id, platform_id) DO UPDATE
   SET listed_at = excluded.listed_at, ended_at = NULL, end_cause = NULL
 WHERE listing.ended_at IS NOT NULL
