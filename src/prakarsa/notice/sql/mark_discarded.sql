UPDATE notice.notice SET discarded_at = %(now)s WHERE notice_code = %(notice_code)s
