-- Whoever runs, confirms or undoes a mass action queues here, so that no item is dealt with twice.
SELECT mass_action_id FROM rehearsal.mass_action WHERE action_code = %(action_code)s FOR NO KEY UPDATE
