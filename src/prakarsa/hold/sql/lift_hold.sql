UPDATE hold.hold
   SET lifted_at = %(now)s, lifted_by = %(by)s, lift_reason = %(reason)s
 WHERE hold_id = %(hold_id)s
