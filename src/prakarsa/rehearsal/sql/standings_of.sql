SELECT standing.rule_set, rules.waves, rules.in_force, rules.begins_on, rules.change_code, standing.missed,
       standing.since
  FROM rehearsal.standing
  JOIN catalogue.course USING (course_id)
  JOIN rehearsal.rule_set AS rules USING (rule_set)
 WHERE course.course_code = %(course_code)s
   AND (rules.in_force OR rules.begins_on IS NOT NULL)
 ORDER BY rules.in_force DESC, rules.begins_on, standing.rule_set
