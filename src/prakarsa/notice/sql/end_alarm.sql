UPDATE notice.alarm SET over_at = %(now)s WHERE platform_id = %(platform_id)s AND over_at IS NULL RETURNING alarm_id
