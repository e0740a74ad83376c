-- A person's purchases, newest first.
SELECT purchase.purchase_id, purchase.card_id, card.person_id, person.name AS person_name, wave.number AS wave_number,
       card.account_id, purchase.intent_id, platform.partner_id AS platform_id, platform.client_code AS platform_code,
       platform.name AS platform_name, platform.commission_percent,
       institution.partner_id AS institution_id, institution.client_code AS institution_code,
       institution.name AS institution_name, course.course_id, course.course_code, course.title AS course_title,
       course.mode AS course_mode, course.hours AS course_hours, course.meetings AS course_meetings,
       schedule.schedule_id, schedule.schedule_code, schedule.starts_at AS schedule_starts_at,
       schedule.ends_at AS schedule_ends_at, purchase.invoice_code, purchase.transaction_code, purchase.redeem_code,
       purchase.amount_idr, purchase.purchased_at, purchase.voided_at, purchase.redeemed_at, purchase.completed_at,
       purchase.rated_at
  FROM purchase.purchase
  JOIN card.card ON card.card_id = purchase.card_id
  JOIN people.person ON person.person_id = card.person_id
  JOIN programme.wave ON wave.wave_id = card.wave_id
  JOIN partner.partner AS platform ON platform.partner_id = purchase.platform_id
  JOIN partner.partner AS institution ON institution.partner_id = purchase.institution_id
  JOIN catalogue.course ON course.course_id = purchase.course_id
  JOIN catalogue.schedule ON schedule.schedule_id = purchase.schedule_id
 WHERE card.person_id = %(person_id)s
 ORDER BY purchase.purchased_at DESC, purchase.purchase_id DESC
