SELECT provider, number_sealed, number_index, linked_at
  FROM disbursement.payout_account
 WHERE person_id = %(person_id)s
