-- Every state that has a journal row.
SELECT 'hold/' || hold_code AS subject, 'hold.placed' AS action
  FROM hold.hold
 UNION ALL
SELECT 'hold/' || hold_code, 'hold.lifted'
  FROM hold.hold
 WHERE lifted_at IS NOT NULL
