-- Files the bank has not fully answered, those it was silent about for longest first.
SELECT batch_id, message_id, created_at, debtor_name, debtor_account
  FROM disbursement.batch
 WHERE answered_at IS NULL
 ORDER BY heard_at NULLS FIRST, batch_id
 LIMIT %(limit)s
