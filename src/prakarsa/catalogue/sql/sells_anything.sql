SELECT EXISTS (SELECT
                 FROM catalogue.course
                 JOIN catalogue.listing USING (course_id)
                WHERE institution_id = %(institution_id)s
                  AND listing.ended_at IS NULL)
