SELECT sequence, attended_at FROM attendance.attended WHERE purchase_id = %(purchase_id)s
