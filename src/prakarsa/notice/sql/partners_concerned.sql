-- Partners who are to be told and have not been: those a hold reaches, those told of it before, or a whole kind.
SELECT partner_id, client_code, name
  FROM partner.partner
 WHERE NOT EXISTS (SELECT FROM notice.recipient
                    WHERE recipient.notice_id = %(notice_id)s AND recipient.partner_id = partner.partner_id)
   AND CASE %(scope)s
       WHEN 'told' THEN EXISTS (SELECT
                                  FROM notice.notice
                                  JOIN notice.recipient USING (notice_id)
                                 WHERE notice.hold_id = %(hold_id)s
                                   AND notice.kind = 'hold_placed'
                                   AND recipient.partner_id = partner.partner_id)
       WHEN 'programme' THEN status = 'active'
       WHEN 'partners' THEN status = 'active'
       WHEN 'platforms' THEN status = 'active' AND kind = 'platform'
       WHEN 'institutions' THEN status = 'active' AND kind = 'institution'
       WHEN 'platform' THEN client_code = %(target_code)s
       ELSE partner_id IN (SELECT course.institution_id
                             FROM catalogue.course
                             JOIN partner.partner AS owner ON owner.partner_id = course.institution_id
                            WHERE CASE %(scope)s
                                  WHEN 'institution' THEN owner.client_code = %(target_code)s
                                  WHEN 'course' THEN course.course_code = %(target_code)s
                                  WHEN 'schedule' THEN course.course_id =
                                       (SELECT course_id FROM catalogue.schedule WHERE schedule_code = %(target_code)s)
                                  ELSE false END
                            UNION
                           SELECT listing.platform_id
                             FROM catalogue.course
                             JOIN catalogue.listing ON listing.course_id = course.course_id
                                                   AND listing.ended_at IS NULL
                             JOIN partner.partner AS owner ON owner.partner_id = course.institution_id
                            WHERE CASE %(scope)s
                                  WHEN 'institution' THEN owner.client_code = %(target_code)s
                                  WHEN 'course' THEN course.course_code = %(target_code)s
                                  WHEN 'schedule' THEN course.course_id =
                                       (SELECT course_id FROM catalogue.schedule WHERE schedule_code = %(target_code)s)
                                  ELSE false END)
            OR (%(scope)s = 'institution' AND client_code = %(target_code)s) END
 ORDER BY partner_id
 LIMIT %(limit)s
