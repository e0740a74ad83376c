INSERT INTO hold.hold (hold_code, scope, capability, target_code, target_name, reason_code, legal_basis, public_words,
                       notice_to, notice_at, placed_by, placed_at, starts_at, ends_at, review_at)
VALUES (%(hold_code)s, %(scope)s, 'selling', %(target_code)s, %(target_name)s, %(reason)s, %(legal_basis)s,
        %(public_words)s, %(notice_to)s, %(notice_at)s, %(by)s, %(now)s, %(starts_at)s, %(ends_at)s, %(review_at)s)
RETURNING hold_id, hold_code, scope, target_code, target_name, reason_code, legal_basis, public_words, notice_to, notice_at,
       placed_by, placed_at, starts_at, ends_at, review_at, lifted_at, lifted_by, lift_reason
