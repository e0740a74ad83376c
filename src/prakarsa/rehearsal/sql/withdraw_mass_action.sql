UPDATE rehearsal.mass_action SET withdrawn_by = %(by)s, withdrawn_at = %(now)s WHERE action_code = %(action_code)s
