-- One mass action by its code, or one page of them, newest first, with their items counted.
SELECT action.mass_action_id, action_code, kind, selection, reason, hold, planned_by, planned_at, confirmed_by,
       confirmed_at, withdrawn_by, withdrawn_at, undone_by, undo_reason, undone_at, counted.*
  FROM rehearsal.mass_action AS action
 CROSS JOIN LATERAL (
       SELECT count(*)::int AS items,
              count(*) FILTER (WHERE state = 'planned')::int AS waiting,
              count(*) FILTER (WHERE state = 'done')::int AS done,
              count(*) FILTER (WHERE state = 'skipped')::int AS skipped,
              count(*) FILTER (WHERE state = 'undone')::int AS undone,
              count(*) FILTER (WHERE state = 'kept')::int AS kept
         FROM rehearsal.mass_item
        WHERE mass_item.mass_action_id = action.mass_action_id
       ) AS counted
 WHERE (%(action_code)s::text IS NULL OR action_code = %(action_code)s)
   AND action.mass_action_id < %(before)s
 ORDER BY action.mass_action_id DESC
 LIMIT %(limit)s
