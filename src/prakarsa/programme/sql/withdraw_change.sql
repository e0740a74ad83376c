UPDATE programme.change SET withdrawn_by = %(by)s, withdrawn_at = %(now)s WHERE change_id = %(change_id)s
