-- Every state that has a journal row.
SELECT 'complaint/' || number AS subject, 'complaint.opened' AS action
  FROM complaint.complaint
 UNION ALL
SELECT 'complaint/' || number, 'complaint.answered'
  FROM complaint.complaint
 WHERE answered_at IS NOT NULL
