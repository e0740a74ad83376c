INSERT INTO rehearsal.mass_action (action_code, kind, selection, reason, hold, planned_by, planned_at)
VALUES (%(action_code)s, %(kind)s, %(selection)s::jsonb, %(reason)s, %(hold)s::jsonb, %(by)s, %(now)s)
RETURNING mass_action_id
