-- Everybody who has a place that is neither cancelled nor completed in one class, in those of one course, or in those of
-- one institution, in the order of their cards.
SELECT card_id AS place, person_id
  FROM (SELECT DISTINCT card_id
          FROM purchase.purchase
         WHERE schedule_id = ANY (ARRAY (
                   SELECT schedule.schedule_id
                     FROM catalogue.schedule
                     JOIN catalogue.course USING (course_id)
                     JOIN partner.partner AS institution ON institution.partner_id = course.institution_id
                    WHERE CASE %(scope)s WHEN 'institution' THEN institution.client_code
                                         WHEN 'course' THEN course.course_code
                                         WHEN 'schedule' THEN schedule.schedule_code END = %(target_code)s))
           AND card_id > %(after)s
           AND voided_at IS NULL
           AND completed_at IS NULL) AS learning
  JOIN card.card USING (card_id)
 WHERE NOT is_probe
   AND (SELECT true FROM notice.recipient
         WHERE recipient.notice_id = %(notice_id)s AND recipient.person_id = card.person_id) IS NULL
 ORDER BY card_id
 LIMIT %(limit)s
