UPDATE notice.notice SET sent_by = %(by)s, sent_at = %(now)s WHERE notice_code = %(notice_code)s
