-- Alarms that stand, and those over since a moment; newest first.
SELECT alarm_id, client_code, name, raised_at, course_code, refusal_code, problem, over_at
  FROM notice.alarm
  JOIN partner.partner ON partner_id = platform_id
 WHERE over_at IS NULL
    OR over_at > %(over_after)s
 ORDER BY alarm_id DESC
 LIMIT %(limit)s
