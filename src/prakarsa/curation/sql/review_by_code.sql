SELECT review.review_id, review.review_code, review.course_id, course.course_code, course.title,
       institution.client_code, course.institution_id, review.cause, review.state, review.opened_at, review.due_at,
       review.words, review.improve_by_at, review.hold_code, review.decided_by, review.decided_at, review.ended_at
  FROM curation.review
  JOIN catalogue.course USING (course_id)
  JOIN partner.partner AS institution ON institution.partner_id = course.institution_id
 WHERE review.review_code = %(code)s
