-- Every state that has a journal row.
SELECT 'hold/' || hold_code AS subject, 'hold.placed' AS action
  FROM hold.hold
 UNION ALL
SELECT 'hold/' || hold_code, 'hold.lifted'
  FROM hold.hold
 WHERE lifted_at IS NOT NULL
 UNION ALL
SELECT 'hold/' || proposal_code, 'hold.proposed'
  FROM hold.proposal
 UNION ALL
SELECT 'hold/' || proposal_code, CASE WHEN hold_id IS NULL THEN 'hold.rejected' ELSE 'hold.confirmed' END
  FROM hold.proposal
 WHERE decided_at IS NOT NULL
 UNION ALL
SELECT 'hold/' || hold_code, 'hold.reviewed'
  FROM hold.review
  JOIN hold.hold USING (hold_id)
 UNION ALL
SELECT 'hold/' || hold_code, CASE WHEN kind = 'appeal' THEN 'hold.appealed' ELSE 'hold.answered' END
  FROM hold.statement
  JOIN hold.hold USING (hold_id)
 UNION ALL
SELECT 'hold/' || hold_code, 'hold.appeal_decided'
  FROM hold.statement
  JOIN hold.hold USING (hold_id)
 WHERE decided_at IS NOT NULL
