SELECT intent.card_id, intent_id, token_digest, otp_digest, platform_id, platform_user, card.number_index,
       course.course_code, schedule.schedule_code, amount_idr, expires_at, tries
  FROM purchase.intent
  JOIN card.card ON card.card_id = intent.card_id
  JOIN catalogue.schedule USING (schedule_id)
  JOIN catalogue.course USING (course_id)
 WHERE token_digest = ANY (%(token_digests)s)
