-- Proposed holds that nobody has decided, oldest first.
SELECT proposal_id, proposal_code, wanted, proposed_by, proposed_at, decided_by, decided_at, reject_reason, hold_code
  FROM hold.proposal
  LEFT JOIN hold.hold USING (hold_id)
 WHERE decided_at IS NULL
 ORDER BY proposal_id
 LIMIT %(limit)s
