-- The list of a mass action is fixed when it is planned, so that what is confirmed is what was looked at.
-- Listings are items of their own; a course to be held is one item, wherever it is sold.
INSERT INTO rehearsal.mass_item (mass_action_id, place, course_id, platform_id)
SELECT %(mass_action_id)s, row_number() OVER (ORDER BY course_id, platform_id), course_id, platform_id
  FROM (SELECT DISTINCT course.course_id,
               CASE WHEN %(kind)s = 'unlist' THEN listing.platform_id ELSE 0 END AS platform_id
          FROM catalogue.course
          JOIN catalogue.listing USING (course_id)
          JOIN partner.partner AS institution ON institution.partner_id = course.institution_id
          JOIN partner.partner AS platform ON platform.partner_id = listing.platform_id
         WHERE course.state = 'approved'
           AND listing.ended_at IS NULL
           AND (%(institution)s::text IS NULL OR institution.client_code = %(institution)s)
           AND (%(platform)s::text IS NULL OR platform.client_code = %(platform)s)
           AND (%(field)s::text IS NULL OR course.field = %(field)s)
           AND (%(condition)s::int IS NULL OR course.misses & %(condition)s <> 0)) AS chosen
