-- One row per course: its facts, the class that stands for it, and the platforms that list it.
-- The class that stands for a course is the next one with a seat; where there is none, the one nearest to having one.
SELECT course.course_id, course.course_code, course.title, course.field, course.mode, course.hours, course.price_idr,
       course.state, course.misses, course.ratings,
       CASE WHEN ratings > 0 THEN (20 * rating_stars + ratings) / (2 * ratings) ELSE 0 END AS rating_tenths,
       institution.partner_id AS institution_id, institution.client_code AS institution_code,
       institution.name AS institution_name, institution.status = 'active' AS institution_active,
       class.schedule_id, class.schedule_code, class.starts_at, class.enrolment_closes_at, class.class_seats_left,
       class.next_starts_at, coalesce(class.seats_left, 0) AS seats_left,
       seller.ids AS seller_ids, seller.codes AS seller_codes, seller.names AS seller_names,
       seller.active AS seller_active, seller.apart AS seller_apart
  FROM unnest(%(course_ids)s::bigint[]) WITH ORDINALITY AS asked (course_id, place)
  JOIN catalogue.course USING (course_id)
  JOIN partner.partner AS institution ON institution.partner_id = course.institution_id
  LEFT JOIN LATERAL (
       SELECT schedule_id, schedule_code, starts_at, enrolment_closes_at, seats - seats_sold AS class_seats_left,
              min(starts_at) FILTER (WHERE open AND seats_sold < seats AND NOT held) OVER () AS next_starts_at,
              sum(seats - seats_sold) FILTER (WHERE open AND NOT held) OVER ()::bigint AS seats_left
         FROM (SELECT *,
                      enrolment_closes_at >= %(now)s AND starts_at > %(now)s AS open,
                      schedule_code = ANY (%(held_schedules)s) AS held
                 FROM catalogue.schedule
                WHERE schedule.course_id = course.course_id
                  AND (%(province)s::text IS NULL OR province_code = %(province)s)
                  AND (%(starts_from)s::timestamptz IS NULL OR starts_at >= %(starts_from)s)
                  AND (%(starts_before)s::timestamptz IS NULL OR starts_at < %(starts_before)s)) AS planned
        ORDER BY open AND seats_sold < seats AND NOT held DESC, open DESC, open AND seats_sold >= seats DESC,
                 CASE WHEN open THEN starts_at END, enrolment_closes_at DESC, schedule_id
        LIMIT 1
  ) AS class ON true
 CROSS JOIN LATERAL (
       SELECT coalesce(array_agg(platform.partner_id ORDER BY platform.name, platform.client_code), '{}') AS ids,
              coalesce(array_agg(platform.client_code ORDER BY platform.name, platform.client_code), '{}') AS codes,
              coalesce(array_agg(platform.name ORDER BY platform.name, platform.client_code), '{}') AS names,
              coalesce(array_agg(platform.status = 'active' ORDER BY platform.name, platform.client_code), '{}')
                  AS active,
              coalesce(array_agg(affiliation.platform_id IS NULL ORDER BY platform.name, platform.client_code), '{}')
                  AS apart
         FROM catalogue.listing
         JOIN partner.partner AS platform ON platform.partner_id = listing.platform_id
         LEFT JOIN partner.affiliation
                ON affiliation.platform_id = listing.platform_id
               AND affiliation.institution_id = course.institution_id
        WHERE listing.course_id = course.course_id
          AND listing.ended_at IS NULL
  ) AS seller
 ORDER BY asked.place
