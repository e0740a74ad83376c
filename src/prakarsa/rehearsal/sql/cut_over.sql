-- One page of courses that leave sale when a rule set begins, or are off sale under it, by course id.
SELECT course.course_id, course.course_code, course.title, institution.client_code AS institution_code,
       standing.missed, standing.since,
       EXISTS (SELECT
                 FROM rehearsal.standing AS other
                 JOIN rehearsal.rule_set AS others ON others.rule_set = other.rule_set
                WHERE other.course_id = standing.course_id
                  AND other.rule_set <> standing.rule_set
                  AND other.in_force
                  AND other.missed <> 0
                  AND others.waves && rules.waves) AS already
  FROM rehearsal.standing
  JOIN rehearsal.rule_set AS rules USING (rule_set)
  JOIN catalogue.course USING (course_id)
  JOIN partner.partner AS institution ON institution.partner_id = course.institution_id
 WHERE standing.rule_set = %(rule_set)s
   AND standing.missed <> 0
   AND course.state = 'approved'
   AND standing.course_id > %(after)s
 ORDER BY standing.course_id
 LIMIT %(limit)s
