UPDATE notice.notice SET reached_id = %(reached_id)s, told_at = %(now)s WHERE notice_id = %(notice_id)s
