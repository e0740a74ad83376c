-- Everything the rules look at, one row per ask, in one read.
-- A platform of NULL asks about buying anywhere: then a listing on any active platform counts.
SELECT ask.place::int,
       card.card_id, card.person_id, card.state AS card_state, coalesce(card.is_probe, false) AS is_probe,
       card.notified_at, card.account_id,
       account.balance_idr, wave.number AS wave_number, wave.budget_year,
       person.name AS person_name, person.birth_date, person.education,
       coalesce(bought.has_live_purchase, false) AS has_live_purchase,
       coalesce(bought.owns_course, false) AS owns_course,
       bought.unfinished_course, bought.unrated_course, bought.last_completed_at,
       platform.client_code AS platform_code,
       coalesce(platform.status = 'active', false) AS platform_active,
       own_account.platform_user AS other_platform_user,
       coalesce(same_account.card_id <> card.card_id, false) AS account_of_other_card,
       schedule.schedule_id, course.course_code AS schedule_course_code, schedule.starts_at,
       schedule.enrolment_closes_at, schedule.seats - schedule.seats_sold AS seats_left,
       course.course_id, course.title AS course_title, course.state AS course_state, course.mode AS course_mode,
       course.misses AS course_misses, course.price_idr,
       course.min_age_years, course.max_age_years, course.min_education,
       institution.partner_id AS institution_id, institution.client_code AS institution_code,
       coalesce(institution.status = 'active', false) AS institution_active,
       coalesce(sold.listed, false) AS listed, coalesce(sold.listed_apart, false) AS listed_apart
  FROM unnest(%(number_indexes)s::bytea[], %(platform_ids)s::bigint[], %(platform_users)s::text[],
              %(schedule_codes)s::text[])
       WITH ORDINALITY AS ask (number_index, platform_id, platform_user, schedule_code, place)
  LEFT JOIN card.card ON card.number_index = ask.number_index
  LEFT JOIN ledger.account ON account.account_id = card.account_id
  LEFT JOIN programme.wave ON wave.wave_id = card.wave_id
  LEFT JOIN people.person ON person.person_id = card.person_id
  LEFT JOIN partner.partner AS platform ON platform.partner_id = ask.platform_id
  LEFT JOIN purchase.platform_account AS own_account
         ON own_account.card_id = card.card_id AND own_account.platform_id = ask.platform_id
  LEFT JOIN purchase.platform_account AS same_account
         ON same_account.platform_id = ask.platform_id AND same_account.platform_user = ask.platform_user
  LEFT JOIN catalogue.schedule ON schedule.schedule_code = ask.schedule_code
  LEFT JOIN catalogue.course ON course.course_id = schedule.course_id
  LEFT JOIN partner.partner AS institution ON institution.partner_id = course.institution_id
  LEFT JOIN LATERAL (
       SELECT true AS listed, bool_or(affiliation.platform_id IS NULL) AS listed_apart
         FROM catalogue.listing
         JOIN partner.partner AS seller ON seller.partner_id = listing.platform_id
         LEFT JOIN partner.affiliation
                ON affiliation.platform_id = listing.platform_id
               AND affiliation.institution_id = course.institution_id
        WHERE listing.course_id = course.course_id
          AND listing.ended_at IS NULL
          AND seller.status = 'active'
          AND (ask.platform_id IS NULL OR listing.platform_id = ask.platform_id)
       HAVING count(*) > 0
  ) AS sold ON true
  LEFT JOIN LATERAL (
       SELECT true AS has_live_purchase,
              bool_or(purchase.course_id = course.course_id) AS owns_course,
              max(taken.title) FILTER (WHERE purchase.completed_at IS NULL) AS unfinished_course,
              max(taken.title) FILTER (WHERE purchase.completed_at IS NOT NULL AND purchase.rated_at IS NULL)
                  AS unrated_course,
              max(purchase.completed_at) AS last_completed_at
         FROM purchase.purchase
         JOIN catalogue.course AS taken USING (course_id)
        WHERE purchase.card_id = card.card_id
          AND purchase.voided_at IS NULL
       HAVING count(*) > 0
  ) AS bought ON true
 ORDER BY ask.place
