UPDATE hold.proposal
   SET decided_by = %(by)s, decided_at = %(now)s, hold_id = %(hold_id)s, reject_reason = %(reject_reason)s
 WHERE proposal_id = %(proposal_id)s
