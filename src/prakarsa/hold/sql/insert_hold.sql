INSERT INTO hold.hold (hold_code, scope, capability, target_code, target_name, reason_code, legal_basis, basis_version,
                       public_words, public_words_en, evidence, proportionality, notice_to, notice_at, answer_by_at,
                       placed_by, second_person, placed_at, starts_at, ends_at, review_at, party, four_eyes)
VALUES (%(hold_code)s, %(scope)s, %(capability)s, %(target_code)s, %(target_name)s, %(reason)s, %(legal_basis)s,
        %(basis_version)s, %(public_words)s, %(public_words_en)s, %(evidence)s::jsonb, %(proportionality)s,
        %(notice_to)s, %(notice_at)s, %(answer_by_at)s, %(by)s, %(second)s, %(now)s, %(starts_at)s, %(ends_at)s,
        %(review_at)s, %(party)s, %(four_eyes)s)
RETURNING hold_id, hold_code, scope, target_code, target_name, reason_code, legal_basis, public_words, notice_to, notice_at,
       placed_by, placed_at, starts_at, ends_at, review_at, lifted_at, lifted_by, lift_reason,
       capability, basis_version, public_words_en, evidence, proportionality, answer_by_at, second_person, party,
       four_eyes, over_at
