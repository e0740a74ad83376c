-- Every step of a mass action that has a journal row.
SELECT 'mass_action/' || action_code AS subject, 'rehearsal.mass_planned' AS action FROM rehearsal.mass_action
 UNION ALL
SELECT 'mass_action/' || action_code, 'rehearsal.mass_confirmed'
  FROM rehearsal.mass_action WHERE confirmed_at IS NOT NULL
 UNION ALL
SELECT 'mass_action/' || action_code, 'rehearsal.mass_withdrawn'
  FROM rehearsal.mass_action WHERE withdrawn_at IS NOT NULL
 UNION ALL
SELECT 'mass_action/' || action_code, 'rehearsal.mass_undone'
  FROM rehearsal.mass_action WHERE undone_at IS NOT NULL
