-- The next due payments of a wave with the account each goes to, both held until this transaction ends.
-- What another worker holds is passed by, and so is everybody who is changing the account at this moment, and what a
-- hold on payments keeps back: on everything, on the person or card, or on anything the purchase touches that earned it.
SELECT instruction.instruction_id, instruction.public_id, instruction.person_id, instruction.kind,
       instruction.number,
       instruction.out_of, instruction.amount_idr, instruction.attempts + 1 AS attempt,
       person.name AS holder_name, person.language, card.state AS card_state,
       barred.nik_index IS NOT NULL AS barred,
       payout_account.provider, payout_account.number_sealed, payout_account.number_index
  FROM disbursement.instruction
  JOIN disbursement.payout_account USING (person_id)
  JOIN people.person USING (person_id)
  JOIN card.card USING (person_id)
  LEFT JOIN people.barred USING (nik_index)
 WHERE instruction.wave_id = %(wave_id)s
   AND instruction.state = 'scheduled'
   AND instruction.next_attempt_at <= %(now)s
   AND NOT EXISTS (SELECT
                     FROM hold.hold
                     JOIN purchase.detail ON detail.purchase_id = instruction.purchase_id
                    WHERE hold.capability = 'payout'
                      AND hold.starts_at <= %(now)s
                      AND hold.over_at > %(now)s
                      AND (hold.scope = 'programme'
                           OR (hold.scope, hold.target_code) IN (('person', detail.person_id::text),
                                                                 ('card', detail.card_id::text),
                                                                 ('platform', detail.platform_code),
                                                                 ('institution', detail.institution_code),
                                                                 ('course', detail.course_code),
                                                                 ('schedule', detail.schedule_code)))
                   -- asked payment by payment: a thousand of them must not walk through every purchase
                   OFFSET 0)
 ORDER BY instruction.next_attempt_at, instruction.instruction_id
 LIMIT %(limit)s
   FOR NO KEY UPDATE OF instruction, payout_account SKIP LOCKED
