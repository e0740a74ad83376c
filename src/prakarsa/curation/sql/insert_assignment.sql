-- Somebody who is called already is not called again.
INSERT INTO curation.assignment (round_id, assessor, assigned_by, assigned_at)
VALUES (%(round_id)s, %(assessor)s, %(by)s, %(now)s)
    ON CONFLICT (round_id, assessor) WHERE relieved_at IS NULL DO NOTHING
