-- Whom every public hold in force concerns, counted by a worker so that no page counts a nation.
-- Selling everywhere: cards that still have something to buy with or a first purchase to make. Selling elsewhere: those
-- it turned away. Taking part: people with a place. Payments: people who wait for theirs. Probes are nobody. A count
-- stands for a few minutes.
WITH standing AS (
    SELECT hold_id, scope, capability, target_code
      FROM hold.hold
      LEFT JOIN notice.reach USING (hold_id)
     WHERE over_at > %(now)s
       AND starts_at <= %(now)s
       AND scope NOT IN ('card', 'person')
       AND (reach.counted_at IS NULL OR reach.counted_at <= %(counted_before)s)
),
class AS (
    SELECT hold_id, schedule.schedule_id
      FROM standing
      JOIN partner.partner AS institution ON standing.scope <> 'institution' OR institution.client_code = target_code
      JOIN catalogue.course ON course.institution_id = institution.partner_id
                           AND (standing.scope <> 'course' OR course_code = target_code)
      JOIN catalogue.schedule ON schedule.course_id = course.course_id
                             AND (standing.scope <> 'schedule' OR schedule_code = target_code)
     WHERE standing.scope IN ('institution', 'course', 'schedule')
       AND standing.capability <> 'selling'
),
offered AS (
    SELECT course.course_id, course_code, institution.client_code AS institution_code, platform.client_code AS platform_code
      FROM catalogue.listing
      JOIN catalogue.course USING (course_id)
      JOIN partner.partner AS institution ON institution.partner_id = course.institution_id
      JOIN partner.partner AS platform ON platform.partner_id = listing.platform_id
     WHERE listing.ended_at IS NULL
       AND course.state = 'approved'
       AND platform.status = 'active'
),
people AS (
    SELECT hold_id, (SELECT count(*)
                       FROM card.card
                       JOIN ledger.account USING (account_id)
                      WHERE state = 'active'
                        AND NOT is_probe
                        AND (balance_idr > 0
                             OR NOT EXISTS (SELECT FROM purchase.purchase
                                             WHERE purchase.card_id = card.card_id AND voided_at IS NULL))) AS people
      FROM standing
     WHERE scope = 'programme' AND capability = 'selling'
     UNION ALL
    SELECT hold_id, (SELECT count(DISTINCT card_id)
                       FROM purchase.refused_attempt
                       JOIN card.card USING (card_id)
                      WHERE refused_attempt.hold_id = standing.hold_id AND NOT is_probe)
      FROM standing
     WHERE scope <> 'programme' AND capability = 'selling'
     UNION ALL
    SELECT hold_id, (SELECT count(DISTINCT card_id)
                       FROM purchase.purchase
                       JOIN partner.partner AS platform ON platform.partner_id = platform_id
                      WHERE voided_at IS NULL AND completed_at IS NULL
                        AND (scope = 'programme' OR platform.client_code = target_code))
      FROM standing
     WHERE scope IN ('programme', 'platform') AND capability = 'redeeming'
     UNION ALL
    SELECT hold_id, (SELECT count(DISTINCT instruction.person_id)
                       FROM disbursement.instruction
                       LEFT JOIN purchase.purchase USING (purchase_id)
                       LEFT JOIN partner.partner AS platform ON platform.partner_id = platform_id
                      WHERE instruction.state IN ('scheduled', 'failed')
                        AND (scope = 'programme' OR platform.client_code = target_code))
      FROM standing
     WHERE scope IN ('programme', 'platform') AND capability = 'payout'
     UNION ALL
    SELECT hold_id, count(DISTINCT purchase.card_id)
      FROM standing
      JOIN class USING (hold_id)
      LEFT JOIN purchase.purchase ON purchase.schedule_id = class.schedule_id
                                 AND voided_at IS NULL AND completed_at IS NULL
     WHERE capability = 'redeeming'
     GROUP BY hold_id
     UNION ALL
    SELECT hold_id, count(DISTINCT instruction.person_id)
      FROM standing
      JOIN class USING (hold_id)
      LEFT JOIN purchase.purchase ON purchase.schedule_id = class.schedule_id
      LEFT JOIN disbursement.instruction ON instruction.purchase_id = purchase.purchase_id
                                        AND instruction.state IN ('scheduled', 'failed')
     WHERE capability = 'payout'
     GROUP BY hold_id
),
things AS (
    SELECT hold_id, count(DISTINCT course_id) AS courses, count(DISTINCT platform_code) AS platforms
      FROM standing
      LEFT JOIN offered ON CASE scope WHEN 'programme' THEN true
                                      WHEN 'platform' THEN platform_code = target_code
                                      WHEN 'institution' THEN institution_code = target_code
                                      WHEN 'course' THEN course_code = target_code
                                      ELSE course_id = (SELECT course_id FROM catalogue.schedule
                                                         WHERE schedule_code = target_code) END
     GROUP BY hold_id
)
INSERT INTO notice.reach (hold_id, people, courses, platforms, counted_at)
SELECT hold_id, coalesce(people.people, 0), things.courses, things.platforms, %(now)s
  FROM things
  LEFT JOIN people USING (hold_id)
    ON CONFLICT (hold_id) DO UPDATE
   SET people = EXCLUDED.people, courses = EXCLUDED.courses, platforms = EXCLUDED.platforms,
       counted_at = EXCLUDED.counted_at
