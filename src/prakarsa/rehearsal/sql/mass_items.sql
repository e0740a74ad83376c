-- One page of the items of a mass action, in their order; all, or those in some states.
SELECT item.place, item.course_id, item.platform_id, course.course_code, course.title,
       institution.client_code AS institution_code, platform.client_code AS platform_code, item.state, item.note, item.changed_at, item.hold_code
  FROM rehearsal.mass_item AS item
  JOIN catalogue.course USING (course_id)
  JOIN partner.partner AS institution ON institution.partner_id = course.institution_id
  LEFT JOIN partner.partner AS platform ON platform.partner_id = item.platform_id
 WHERE mass_action_id = %(mass_action_id)s
   AND item.place > %(after)s
   AND (%(states)s::text[] IS NULL OR item.state = ANY (%(states)s))
 ORDER BY item.place
 LIMIT %(limit)s
