UPDATE feedback.survey
   SET answered_at = %(now)s, edition = %(edition)s, answers = %(answers)s::jsonb
 WHERE person_id = %(person_id)s
   AND number = %(number)s
