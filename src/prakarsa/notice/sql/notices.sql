-- One by code, or a page, newest first.
SELECT notice_id, notice_code, kind, hold_id, audience, audience_code, title, title_en, words, words_en, urgent, written_by,
       written_at, sent_by, sent_at, discarded_at, swept_at, closed_at, people, partners, queued, sent, failed, without_address,
       counted_at, settled_at,
       hold_code, scope, target_name
  FROM notice.notice
  LEFT JOIN hold.hold USING (hold_id)
 WHERE (%(notice_code)s::text IS NULL OR notice_code = %(notice_code)s)
   AND notice_id < %(before)s
 ORDER BY notice_id DESC
 LIMIT %(limit)s
