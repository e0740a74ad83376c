-- Rule sets that courses are held to or soon will be, and those that were until the courses have been told: those in
-- force first, so that a course whose rules are replaced is known under the new ones before it leaves the old.
SELECT rule_set, demanded, modes, block_affiliated, allow_affiliated_free, waves, in_force, begins_on, change_code,
       first_seen_at
  FROM rehearsal.rule_set
 WHERE in_force
    OR begins_on IS NOT NULL
    OR EXISTS (SELECT FROM rehearsal.standing WHERE standing.rule_set = rule_set.rule_set AND standing.in_force)
 ORDER BY in_force DESC, begins_on, rule_set
