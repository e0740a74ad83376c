INSERT INTO hold.proposal (proposal_code, wanted, proposed_by, proposed_at)
VALUES (%(proposal_code)s, %(wanted)s::jsonb, %(by)s, %(now)s)
