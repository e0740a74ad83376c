-- The next notice to be spread, urgent ones first; another worker takes another one. One whose sweep has come to its
-- end rests for a while: a hold goes on turning people away.
SELECT notice_id, notice_code, kind, hold_id, audience, audience_code, title, title_en, words, words_en, reached_id,
       urgent, swept_at
  FROM notice.notice
 WHERE sent_at IS NOT NULL
   AND closed_at IS NULL
   AND (swept_at IS NULL OR swept_at <= %(swept_before)s)
 ORDER BY urgent DESC, notice_id
 LIMIT 1
   FOR NO KEY UPDATE SKIP LOCKED
