UPDATE rehearsal.mass_item
   SET state = mark.state, note = mark.note, hold_code = coalesce(mark.hold_code, mass_item.hold_code),
       changed_at = CASE WHEN mark.state = 'done' THEN %(now)s ELSE mass_item.changed_at END
  FROM unnest(%(places)s::int[], %(states)s::text[], %(notes)s::text[], %(hold_codes)s::text[])
       AS mark (place, state, note, hold_code)
 WHERE mass_action_id = %(mass_action_id)s
   AND mass_item.place = mark.place
