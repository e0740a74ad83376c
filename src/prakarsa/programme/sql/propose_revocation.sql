UPDATE programme.change
   SET revocation_author = %(by)s, revocation_reason = %(reason)s
 WHERE change_id = %(change_id)s
