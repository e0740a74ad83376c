-- Appeals decided by whoever answers for the hold, or upheld without ending it.
SELECT 'hold/' || hold_code AS subject, jsonb_build_object('statement', statement_code) AS facts
  FROM hold.statement
  JOIN hold.hold USING (hold_id)
 WHERE decided_by IN (placed_by, second_person)
    OR (outcome = 'upheld' AND over_at > decided_at)
