SELECT hold.hold_id, hold.hold_code, hold.scope, hold.capability, hold.target_code, hold.target_name, hold.public_words,
       hold.public_words_en, hold.legal_basis, hold.starts_at, hold.over_at, hold.lift_reason,
       least(hold.ends_at, hold.review_at) AS next_word_at, review.words AS review_words
  FROM notice.notice
  JOIN hold.hold USING (hold_id)
  LEFT JOIN hold.review USING (review_id)
 WHERE notice_id = %(notice_id)s
