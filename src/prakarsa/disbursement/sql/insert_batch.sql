INSERT INTO disbursement.batch (message_id, wave_id, created_at, debtor_name, debtor_account, lines, total_idr)
VALUES (%(message_id)s, %(wave_id)s, %(now)s, %(debtor_name)s, %(debtor_account)s, %(lines)s, %(total_idr)s)
RETURNING batch_id
