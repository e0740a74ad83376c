-- Those of these institutions of which some platform sells a course.
SELECT institution.client_code
  FROM partner.partner AS institution
 WHERE institution.client_code = ANY (%(client_codes)s)
   AND EXISTS (SELECT
                 FROM catalogue.course
                 JOIN catalogue.listing USING (course_id)
                WHERE course.institution_id = institution.partner_id
                  AND listing.ended_at IS NULL)
