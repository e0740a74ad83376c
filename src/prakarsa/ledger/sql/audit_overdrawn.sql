-- Accounts below zero; only the state's own may be.
SELECT kind || '/' || owner AS subject, jsonb_build_object('balance_idr', balance_idr) AS facts
  FROM ledger.account
 WHERE balance_idr < 0
   AND kind <> 'state'
 ORDER BY account_id
