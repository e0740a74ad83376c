SELECT kind, sent_at, discarded_at FROM notice.notice WHERE notice_code = %(notice_code)s FOR NO KEY UPDATE
