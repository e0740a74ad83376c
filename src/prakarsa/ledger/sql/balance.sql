SELECT balance_idr FROM ledger.account WHERE account_id = %(account_id)s
