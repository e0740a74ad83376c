UPDATE programme.change SET revoked_by = %(by)s, revoked_at = %(now)s WHERE change_id = %(change_id)s
