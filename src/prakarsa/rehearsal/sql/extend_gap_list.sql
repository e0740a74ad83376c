UPDATE rehearsal.gap_list SET due_at = %(due_at)s WHERE gap_list_id = %(gap_list_id)s
