-- What these institutions have not been told yet; told from now on. What it was stays in the answer of this statement.
WITH untold AS (
    SELECT standing.course_id, standing.rule_set, standing.untold AS turn, standing.missed, course.course_code,
           institution.client_code
      FROM rehearsal.standing
      JOIN catalogue.course USING (course_id)
      JOIN partner.partner AS institution ON institution.partner_id = course.institution_id
     WHERE standing.untold IS NOT NULL
       AND institution.client_code = ANY (%(client_codes)s)
     ORDER BY standing.course_id, standing.rule_set
       FOR NO KEY UPDATE OF standing SKIP LOCKED
)
UPDATE rehearsal.standing
   SET untold = NULL
  FROM untold
 WHERE (standing.course_id, standing.rule_set) = (untold.course_id, untold.rule_set)
RETURNING untold.client_code, untold.course_code, untold.turn, untold.missed
