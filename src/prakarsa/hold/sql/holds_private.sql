-- One page of the holds on cards and people, newest first: those that stand, or all.
SELECT hold_id, hold_code, scope, target_code, target_name, reason_code, legal_basis, public_words, notice_to, notice_at,
       placed_by, placed_at, starts_at, ends_at, review_at, lifted_at, lifted_by, lift_reason,
       capability, basis_version, public_words_en, evidence, proportionality, answer_by_at, second_person, party,
       four_eyes, over_at
  FROM hold.hold
 WHERE scope IN ('card', 'person')
   AND hold_id < %(before)s
   AND (%(over_after)s::timestamptz IS NULL OR over_at > %(over_after)s)
 ORDER BY hold_id DESC
 LIMIT %(limit)s
