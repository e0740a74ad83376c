UPDATE selection.application SET announced_at = %(now)s WHERE application_id = ANY (%(application_ids)s)
