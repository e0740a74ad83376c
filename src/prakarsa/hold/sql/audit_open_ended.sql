-- A hold without a moment at which it is over.
SELECT 'hold/' || hold_code AS subject, '{}'::jsonb AS facts
  FROM hold.hold
 WHERE over_at IS NULL OR over_at = 'infinity'
