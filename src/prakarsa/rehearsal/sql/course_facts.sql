-- What surrounds each of these courses. The next live meeting is the first that begins after this moment, in any class.
SELECT course.course_id,
       coalesce(class.seats_left, 0) AS seats_left,
       live.schedule_code AS next_live_code, live.starts_at AS next_live_at,
       coalesce(seller.codes, '{}') AS sellers,
       coalesce(seller.affiliated, '{}') AS affiliated
  FROM catalogue.course
  LEFT JOIN LATERAL (
       SELECT sum(seats - seats_sold)::bigint AS seats_left
         FROM catalogue.schedule
        WHERE schedule.course_id = course.course_id
          AND enrolment_closes_at >= %(now)s
       ) AS class ON true
  LEFT JOIN LATERAL (
       SELECT schedule_code, meeting.starts_at
         FROM catalogue.schedule
         JOIN catalogue.meeting USING (schedule_id)
        WHERE schedule.course_id = course.course_id
          AND schedule.ends_at > %(now)s
          AND meeting.starts_at > %(now)s
        ORDER BY meeting.starts_at, schedule_code
        LIMIT 1
       ) AS live ON true
  LEFT JOIN LATERAL (
       SELECT array_agg(client_code ORDER BY client_code) AS codes,
              array_agg(client_code ORDER BY client_code)
                  FILTER (WHERE affiliation.platform_id IS NOT NULL) AS affiliated
         FROM catalogue.listing
         JOIN partner.partner ON partner.partner_id = listing.platform_id
         LEFT JOIN partner.affiliation
                ON affiliation.platform_id = listing.platform_id AND affiliation.institution_id = course.institution_id
        WHERE listing.course_id = course.course_id
          AND listing.ended_at IS NULL
          AND partner.status = 'active'
       ) AS seller ON true
 WHERE course.course_id = ANY (%(course_ids)s)
