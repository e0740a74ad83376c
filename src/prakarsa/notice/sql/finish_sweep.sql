UPDATE notice.notice
   SET reached_id = 0, swept_at = %(now)s, closed_at = CASE WHEN %(closed)s THEN %(now)s::timestamptz END
 WHERE notice_id = %(notice_id)s
