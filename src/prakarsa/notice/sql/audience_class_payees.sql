-- Everybody who waits for a payment for one class, for those of one course, or for those of one institution, in the
-- order of people.
SELECT person_id AS place, person_id
  FROM (SELECT DISTINCT instruction.person_id
          FROM purchase.purchase
          JOIN disbursement.instruction USING (purchase_id)
         WHERE schedule_id = ANY (ARRAY (
                   SELECT schedule.schedule_id
                     FROM catalogue.schedule
                     JOIN catalogue.course USING (course_id)
                     JOIN partner.partner AS institution ON institution.partner_id = course.institution_id
                    WHERE CASE %(scope)s WHEN 'institution' THEN institution.client_code
                                         WHEN 'course' THEN course.course_code
                                         WHEN 'schedule' THEN schedule.schedule_code END = %(target_code)s))
           AND instruction.person_id > %(after)s
           AND instruction.state IN ('scheduled', 'failed')) AS waiting
 WHERE NOT EXISTS (SELECT FROM notice.recipient
                    WHERE recipient.notice_id = %(notice_id)s AND recipient.person_id = waiting.person_id)
 ORDER BY person_id
 LIMIT %(limit)s
