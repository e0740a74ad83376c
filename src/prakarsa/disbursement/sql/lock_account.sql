-- A person's account, held until this transaction ends: drafting payments passes it by meanwhile.
SELECT provider, number_sealed, number_index, linked_at
  FROM disbursement.payout_account
 WHERE person_id = %(person_id)s
   FOR NO KEY UPDATE
