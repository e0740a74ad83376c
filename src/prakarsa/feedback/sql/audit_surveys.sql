-- Every answered survey has a journal row.
SELECT 'survey/' || person.public_id || '/' || number AS subject, 'feedback.survey_answered' AS action
  FROM feedback.survey
  JOIN people.person USING (person_id)
 WHERE answered_at IS NOT NULL
