-- Courses whose state is not where the journal last moved them; a course that was never moved is a draft.
WITH last_move AS (
    SELECT DISTINCT ON (subject) subject, facts ->> 'to' AS state
      FROM journal.entry
     WHERE action IN ('catalogue.course_submit', 'catalogue.course_approve', 'catalogue.course_reject',
                      'catalogue.course_reopen', 'catalogue.course_withdraw')
     ORDER BY subject, entry_id DESC
)
SELECT 'course/' || course_code AS subject,
       jsonb_build_object('state', course.state, 'told', coalesce(last_move.state, 'draft')) AS facts
  FROM catalogue.course
  LEFT JOIN last_move ON last_move.subject = 'course/' || course_code
 WHERE course.state <> coalesce(last_move.state, 'draft')
 ORDER BY course_code
