SELECT refused_attempt.at, platform.name AS platform_name, course.title AS course_title, refusal_code, facts
  FROM purchase.refused_attempt
  JOIN card.card USING (card_id)
  JOIN partner.partner AS platform ON platform.partner_id = refused_attempt.platform_id
  LEFT JOIN catalogue.course USING (course_id)
 WHERE card.person_id = %(person_id)s
 ORDER BY refused_attempt.attempt_id DESC
 LIMIT %(limit)s
