SELECT person_id, provider, number_sealed
  FROM disbursement.payout_account
 WHERE person_id = ANY (%(person_ids)s)
