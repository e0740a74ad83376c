SELECT owner, account_id FROM ledger.account WHERE kind = %(kind)s AND owner = ANY (%(owners)s)
