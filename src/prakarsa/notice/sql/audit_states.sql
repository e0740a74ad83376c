-- Every state that has a journal row.
SELECT 'notice/' || notice_code AS subject, 'notice.written' AS action
  FROM notice.notice
 WHERE kind = 'office'
 UNION ALL
SELECT 'notice/' || notice_code, 'notice.sent'
  FROM notice.notice
 WHERE sent_at IS NOT NULL
 UNION ALL
SELECT 'notice/' || notice_code, 'notice.discarded'
  FROM notice.notice
 WHERE discarded_at IS NOT NULL
 UNION ALL
SELECT 'alarm/' || alarm_id, 'alarm.raised'
  FROM notice.alarm
 UNION ALL
SELECT 'alarm/' || alarm_id, 'alarm.over'
  FROM notice.alarm
 WHERE over_at IS NOT NULL
