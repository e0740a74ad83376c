-- Every state of gap lists that has a journal row.
SELECT 'gap_list/' || list_code AS subject, 'rehearsal.gap_list_made' AS action
  FROM rehearsal.gap_list
 UNION ALL
SELECT 'gap_item/' || item_code, 'rehearsal.gap_answered'
  FROM rehearsal.gap_answer
  JOIN rehearsal.gap_item USING (gap_item_id)
 UNION ALL
SELECT 'gap_item/' || item_code, 'rehearsal.gap_' || outcome
  FROM rehearsal.gap_answer
  JOIN rehearsal.gap_item USING (gap_item_id)
 WHERE outcome IS NOT NULL
 UNION ALL
SELECT 'gap_item/' || item_code, 'rehearsal.gap_' || state
  FROM rehearsal.gap_item
 WHERE state IN ('met', 'dropped')
 UNION ALL
SELECT 'dry_run/' || run_code, 'rehearsal.dry_run_kept'
  FROM rehearsal.dry_run
