UPDATE rehearsal.mass_action
   SET undone_by = %(by)s, undo_reason = %(reason)s, undone_at = %(now)s
 WHERE action_code = %(action_code)s
