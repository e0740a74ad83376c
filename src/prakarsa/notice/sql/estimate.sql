-- How many an audience has now: for the page on which sending is confirmed.
SELECT CASE %(audience)s
       WHEN 'wave' THEN (SELECT count(*)
                           FROM card.card
                           JOIN programme.wave USING (wave_id)
                          WHERE wave.number::text = %(audience_code)s::text AND state = 'active' AND NOT is_probe)
       WHEN 'partners' THEN (SELECT count(*) FROM partner.partner WHERE status = 'active')
       WHEN 'platforms' THEN (SELECT count(*) FROM partner.partner WHERE status = 'active' AND kind = 'platform')
       WHEN 'institutions' THEN (SELECT count(*) FROM partner.partner WHERE status = 'active' AND kind = 'institution')
       ELSE (SELECT count(DISTINCT card_id)
               FROM purchase.purchase
               JOIN card.card USING (card_id)
              WHERE schedule_id = ANY (ARRAY (
                        SELECT schedule.schedule_id
                          FROM catalogue.schedule
                          JOIN catalogue.course USING (course_id)
                          JOIN partner.partner AS institution ON institution.partner_id = course.institution_id
                         WHERE CASE %(audience)s WHEN 'institution' THEN institution.client_code
                                                 WHEN 'course' THEN course.course_code
                                                 WHEN 'schedule' THEN schedule.schedule_code END = %(audience_code)s))
                AND voided_at IS NULL
                AND completed_at IS NULL
                AND NOT is_probe)
       END
