UPDATE rehearsal.mass_action SET confirmed_by = %(by)s, confirmed_at = %(now)s WHERE action_code = %(action_code)s
