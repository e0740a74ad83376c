-- Every state that has a journal row.
SELECT 'person/' || public_id AS subject, 'person.registered' AS action
  FROM people.person
 UNION ALL
SELECT 'person/' || public_id, 'person.barred'
  FROM people.barred
  JOIN people.person USING (nik_index)
 UNION ALL
SELECT 'staff/' || staff_id, 'staff.hired'
  FROM people.staff
 UNION ALL
SELECT 'staff/' || staff_id, 'staff.dismissed'
  FROM people.staff
 WHERE left_at IS NOT NULL
