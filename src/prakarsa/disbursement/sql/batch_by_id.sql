SELECT batch_id, message_id, created_at, debtor_name, debtor_account
  FROM disbursement.batch
 WHERE batch_id = %(batch_id)s
