-- How many courses meet and miss each rule set that is in force or to come; of one institution, or of all.
SELECT rules.rule_set, rules.waves, rules.in_force, rules.begins_on, rules.change_code,
       count(*) FILTER (WHERE standing.missed = 0)::int AS meets,
       count(*) FILTER (WHERE standing.missed <> 0)::int AS misses,
       count(*) FILTER (WHERE standing.missed <> 0
                          AND EXISTS (SELECT
                                        FROM rehearsal.standing AS other
                                        JOIN rehearsal.rule_set AS others ON others.rule_set = other.rule_set
                                       WHERE other.course_id = standing.course_id
                                         AND other.rule_set <> standing.rule_set
                                         AND other.in_force
                                         AND other.missed <> 0
                                         AND others.waves && rules.waves))::int AS already
  FROM rehearsal.rule_set AS rules
  JOIN rehearsal.standing USING (rule_set)
  JOIN catalogue.course USING (course_id)
 WHERE (rules.in_force OR rules.begins_on IS NOT NULL)
   AND course.state = 'approved'
   AND (%(institution)s::text IS NULL
        OR course.institution_id = (SELECT partner_id FROM partner.partner WHERE client_code = %(institution)s))
 GROUP BY rules.rule_set
 ORDER BY rules.in_force DESC, rules.begins_on, rules.rule_set
