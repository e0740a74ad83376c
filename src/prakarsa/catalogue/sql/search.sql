-- One page of what can be bought now: approved, taught by a decreed institution, listed on an active platform, with
-- a class whose enrolment is open and that has a seat.
-- `page` walks `course_on_page` from the last course seen and stops when it is full; only its rows are then adorned.
-- A word may stand in the course or in the name of its institution: the indexes find courses that have any of the
-- words, and those that have all of them stay.
WITH page AS MATERIALIZED (
    SELECT course.*, institution.client_code AS institution_code, institution.name AS institution_name
      FROM catalogue.course
      JOIN partner.partner AS institution ON institution.partner_id = course.institution_id
     WHERE course.state = 'approved'
       AND institution.status = 'active'
       -- without a cursor from the very beginning; a cursor that nobody has compares with NULL, so nothing follows it
       AND (course.title, course.course_id)
           > (CASE WHEN %(after)s::text IS NULL THEN ''
                   ELSE (SELECT title FROM catalogue.course AS turned WHERE turned.course_code = %(after)s) END,
              CASE WHEN %(after)s::text IS NULL THEN 0
                   ELSE (SELECT course_id FROM catalogue.course AS turned WHERE turned.course_code = %(after)s) END)
       AND (%(every_word)s::text IS NULL
            OR ((course.words @@ to_tsquery('simple', %(any_word)s)
                 OR course.institution_id = ANY (ARRAY (SELECT partner_id
                                                          FROM partner.partner
                                                         WHERE words @@ to_tsquery('simple', %(any_word)s))))
                AND (course.words || institution.words) @@ to_tsquery('simple', %(every_word)s)))
       AND (%(field)s::text IS NULL OR course.field = %(field)s)
       AND (%(mode)s::text IS NULL OR course.mode = %(mode)s)
       AND (%(max_price_idr)s::numeric IS NULL OR course.price_idr <= %(max_price_idr)s::numeric)
       AND EXISTS (SELECT
                     FROM catalogue.schedule
                    WHERE schedule.course_id = course.course_id
                      AND enrolment_closes_at >= %(now)s
                      AND seats_sold < seats)
       AND EXISTS (SELECT
                     FROM catalogue.listing
                    WHERE listing.course_id = course.course_id
                      AND listing.ended_at IS NULL
                      AND listing.platform_id = ANY (ARRAY (SELECT partner_id
                                                              FROM partner.partner
                                                             WHERE kind = 'platform'
                                                               AND status = 'active'
                                                               AND (%(platform)s::text IS NULL
                                                                    OR client_code = %(platform)s))))
     ORDER BY course.title, course.course_id
     LIMIT %(limit)s
)
SELECT page.course_code, page.title, page.field, page.mode, page.hours, page.meetings, page.price_idr,
       page.institution_code, page.institution_name, class.next_starts_at, class.seats_left,
       seller.client_codes, seller.names
  FROM page
 CROSS JOIN LATERAL (
       SELECT min(starts_at) AS next_starts_at, sum(seats - seats_sold)::bigint AS seats_left
         FROM catalogue.schedule
        WHERE schedule.course_id = page.course_id
          AND enrolment_closes_at >= %(now)s
          AND seats_sold < seats
      ) AS class
 CROSS JOIN LATERAL (
       SELECT array_agg(client_code ORDER BY name, client_code) AS client_codes,
              array_agg(name ORDER BY name, client_code) AS names
         FROM catalogue.listing
         JOIN partner.partner ON partner.partner_id = listing.platform_id
        WHERE listing.course_id = page.course_id
          AND listing.ended_at IS NULL
          AND partner.status = 'active'
      ) AS seller
 ORDER BY page.title, page.course_id
