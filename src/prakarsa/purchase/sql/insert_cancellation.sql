INSERT INTO purchase.cancellation (cancellation_code, scope, target_code, target_name, reason_code, legal_basis,
                                   basis_version, public_words, public_words_en, next_step, next_step_en, evidence,
                                   proportionality, notice_to, closed_until_at, review_at, planned_by,
                                   planned_at, purchases, people, amount_idr, classes, attended, completed)
VALUES (%(cancellation_code)s, %(scope)s, %(target_code)s, %(target_name)s, %(reason)s, %(legal_basis)s,
        %(basis_version)s, %(words)s, %(words_en)s, %(next_step)s, %(next_step_en)s, %(evidence)s::jsonb,
        %(proportionality)s, %(notice_to)s, %(closed_until_at)s, %(review_at)s, %(by)s,
        %(now)s, %(purchases)s, %(people)s, %(amount_idr)s, %(classes)s, %(attended)s, %(completed)s)
