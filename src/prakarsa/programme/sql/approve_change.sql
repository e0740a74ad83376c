UPDATE programme.change SET approver = %(by)s, approved_at = %(now)s WHERE change_id = %(change_id)s
