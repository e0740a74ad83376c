SELECT proposal_id, proposal_code, wanted, proposed_by, proposed_at, decided_by, decided_at, reject_reason, hold_code
  FROM hold.proposal
  LEFT JOIN hold.hold USING (hold_id)
 WHERE proposal_code = %(proposal_code)s OR hold_id = %(hold_id)s
