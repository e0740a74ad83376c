-- One chunk of approved courses judged under one rule set, from the same columns that decide a sale. Only what changed is
-- written. A course that only an affiliated platform sells misses that condition; one sold elsewhere too does not.
WITH page AS (
    SELECT course.course_id, course.course_code, course.institution_id, course.misses, course.mode, course.price_idr
      FROM catalogue.course
     WHERE state = 'approved'
       AND course_id > %(through)s
     ORDER BY course_id
     LIMIT %(limit)s
),
judged AS (
    SELECT page.course_id, page.course_code, institution.client_code AS institution_code,
           rules.rule_set, rules.in_force,
           page.misses & rules.demanded
           | CASE WHEN institution.status <> 'active' THEN %(decreed_bit)s ELSE 0 END
           | CASE WHEN page.mode <> ALL (rules.modes) THEN %(mode_bit)s ELSE 0 END
           | CASE WHEN rules.block_affiliated
                       AND NOT (page.price_idr = 0 AND rules.allow_affiliated_free)
                       AND seller.affiliated > 0 AND seller.affiliated = seller.number
                  THEN %(affiliated_bit)s ELSE 0 END AS missed
      FROM page
      JOIN rehearsal.rule_set AS rules ON rules.rule_set = %(rule_set)s
      JOIN partner.partner AS institution ON institution.partner_id = page.institution_id
     CROSS JOIN LATERAL (
           SELECT count(*) AS number, count(affiliation.platform_id) AS affiliated
             FROM catalogue.listing
             JOIN partner.partner AS platform ON platform.partner_id = listing.platform_id
             LEFT JOIN partner.affiliation
                    ON affiliation.platform_id = listing.platform_id
                   AND affiliation.institution_id = page.institution_id
            WHERE listing.course_id = page.course_id
              AND listing.ended_at IS NULL
              AND platform.status = 'active'
           ) AS seller
),
compared AS (
    SELECT judged.*,
           CASE
               WHEN judged.in_force AND judged.missed <> 0
                    AND NOT coalesce(earlier.in_force AND earlier.missed <> 0, false) AND NOT elsewhere.off_sale
                   THEN 'left'
               -- rules that were replaced free nobody whom their successors hold
               WHEN earlier.in_force AND earlier.missed <> 0 AND NOT (judged.in_force AND judged.missed <> 0)
                   THEN CASE WHEN NOT elsewhere.off_sale THEN 'returned' END
               WHEN coming.begins_on IS NOT NULL AND judged.missed <> 0 AND coalesce(earlier.missed, 0) = 0
                    AND NOT elsewhere.off_sale
                   THEN 'will_leave'
               WHEN coming.begins_on IS NOT NULL AND judged.missed = 0 AND earlier.missed <> 0 THEN 'will_stay'
           END AS turn
      FROM judged
      JOIN rehearsal.rule_set AS coming USING (rule_set)
      LEFT JOIN rehearsal.standing AS earlier USING (course_id, rule_set)
      -- whether other rules that are in force keep it off sale for some of the same waves
     CROSS JOIN LATERAL (
           SELECT EXISTS (SELECT
                            FROM rehearsal.standing AS other
                            JOIN rehearsal.rule_set AS others ON others.rule_set = other.rule_set
                           WHERE other.course_id = judged.course_id
                             AND other.rule_set <> judged.rule_set
                             AND other.in_force
                             AND other.missed <> 0
                             AND others.waves && coming.waves) AS off_sale
           ) AS elsewhere
     WHERE (earlier.missed, earlier.in_force) IS DISTINCT FROM (judged.missed, judged.in_force)
),
written AS (
    INSERT INTO rehearsal.standing (course_id, rule_set, missed, in_force, since, untold)
    SELECT course_id, rule_set, missed, in_force, %(now)s, turn FROM compared ORDER BY course_id
        ON CONFLICT (course_id, rule_set) DO UPDATE
       SET missed = excluded.missed, in_force = excluded.in_force, since = excluded.since, untold = excluded.untold
)
SELECT (SELECT count(*)::int FROM page) AS looked_at,
       (SELECT max(course_id) FROM page) AS through,
       (SELECT jsonb_agg(jsonb_build_array(course_code, turn, missed) ORDER BY course_id)
          FROM compared WHERE turn IS NOT NULL) AS turns
