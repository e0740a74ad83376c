-- One page by the day they are due; the queue walks `review_queue`.
SELECT review.review_id, review.review_code, review.course_id, course.course_code, course.title,
       institution.client_code, course.institution_id, review.cause, review.state, review.opened_at, review.due_at,
       review.words, review.improve_by_at, review.hold_code, review.decided_by, review.decided_at, review.ended_at
  FROM curation.review
  JOIN catalogue.course USING (course_id)
  JOIN partner.partner AS institution ON institution.partner_id = course.institution_id
 WHERE (NOT %(open_only)s OR review.ended_at IS NULL)
   AND (%(overdue_at)s::timestamptz IS NULL
        OR (review.ended_at IS NULL AND coalesce(review.improve_by_at, review.due_at) < %(overdue_at)s))
   AND (review.due_at, review.review_id) > (%(after_due)s::timestamptz, %(after_id)s)
 ORDER BY review.due_at, review.review_id
 LIMIT %(limit)s
