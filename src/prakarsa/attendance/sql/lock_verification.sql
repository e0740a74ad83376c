-- A verification is walked by one browser at a time.
SELECT verification_id, sequence, redirect_uri, expires_at, consented_at, check_id, outcome, test_code,
       person.public_id AS person_public_id,
       verification.purchase_id, purchase.transaction_code, purchase.card_id, card.person_id
  FROM attendance.verification
  LEFT JOIN purchase.purchase USING (purchase_id)
  LEFT JOIN card.card USING (card_id)
  LEFT JOIN people.person USING (person_id)
 WHERE state_digest = %(state_digest)s
   FOR UPDATE OF verification
