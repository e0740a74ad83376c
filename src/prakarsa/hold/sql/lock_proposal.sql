SELECT proposal_id
  FROM hold.proposal
 WHERE proposal_code = %(proposal_code)s
   FOR UPDATE
