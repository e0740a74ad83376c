INSERT INTO rehearsal.gap_list (list_code, dry_run_id, partner_id, due_at, made_at, told_at)
VALUES (%(list_code)s, %(dry_run_id)s, %(partner_id)s, %(due_at)s, %(now)s, %(told_at)s)
RETURNING gap_list_id
