-- Items that claim a change the journal does not know of: a listing that was ended, a hold that was placed.
SELECT 'mass_action/' || action_code AS subject, jsonb_build_object('course', course_code, 'state', item.state) AS facts
  FROM rehearsal.mass_item AS item
  JOIN rehearsal.mass_action USING (mass_action_id)
  JOIN catalogue.course USING (course_id)
 WHERE item.changed_at IS NOT NULL
   AND NOT EXISTS (SELECT
                     FROM journal.entry
                    WHERE (kind = 'unlist' AND subject = 'course/' || course_code
                           AND action = 'catalogue.unlisted' AND facts ->> 'cause' = action_code)
                       OR (kind = 'hold' AND subject = 'hold/' || hold_code AND action = 'hold.placed'))
