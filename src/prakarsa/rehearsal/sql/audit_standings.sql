-- Courses recorded as off sale of which the journal does not say last that they left.
SELECT 'course/' || course_code AS subject, jsonb_build_object('rule_set', rule_set) AS facts
  FROM rehearsal.standing
  JOIN catalogue.course USING (course_id)
 WHERE standing.in_force
   AND missed <> 0
   AND (SELECT action
          FROM journal.entry
         WHERE subject = 'course/' || course_code
           AND action IN ('rehearsal.course_left', 'rehearsal.course_returned')
         ORDER BY entry_id DESC
         LIMIT 1) IS DISTINCT FROM 'rehearsal.course_left'
