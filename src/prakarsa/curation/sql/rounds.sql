-- One page by the day they are due. The queue walks `round_queue`; with an assessor only what waits for their marks.
SELECT round.round_id, round.round_code, round.course_id, course.course_code, course.title, institution.client_code,
       course.institution_id, round.number, round.set_id, round.state, round.submitted_by, round.submitted_at,
       round.due_at, round.result_tenths, round.reason, round.decided_by, round.decided_at
  FROM curation.round
  JOIN catalogue.course USING (course_id)
  JOIN partner.partner AS institution ON institution.partner_id = course.institution_id
 WHERE (NOT %(open_only)s OR round.decided_at IS NULL)
   AND (%(overdue_at)s::timestamptz IS NULL OR (round.decided_at IS NULL AND round.due_at < %(overdue_at)s))
   AND (%(assessor)s::text IS NULL
        OR EXISTS (SELECT
                     FROM curation.assignment
                    WHERE assignment.round_id = round.round_id
                      AND assignment.assessor = %(assessor)s
                      AND assignment.scored_at IS NULL
                      AND assignment.relieved_at IS NULL))
   AND (round.due_at, round.round_id) > (%(after_due)s::timestamptz, %(after_id)s)
 ORDER BY round.due_at, round.round_id
 LIMIT %(limit)s
