UPDATE purchase.cancellation SET withdrawn_by = %(by)s, withdrawn_at = %(now)s
 WHERE cancellation_id = %(cancellation_id)s
