-- One by code, those a worker has to run, or all; newest first.
-- A finished one stays with the worker for an hour: a payment that had begun when the sale was closed may come in late.
SELECT cancellation_id, cancellation_code, cancellation.scope, cancellation.target_code, cancellation.target_name,
       cancellation.reason_code, cancellation.legal_basis, cancellation.basis_version, cancellation.public_words,
       cancellation.public_words_en, next_step, next_step_en, cancellation.evidence, cancellation.proportionality,
       cancellation.notice_to, closed_until_at, cancellation.review_at, planned_by, planned_at, confirmed_by, confirmed_at, withdrawn_by, withdrawn_at, hold_code, purchases, people, amount_idr,
       classes, attended, completed, done_purchases, done_idr, finished_at
  FROM purchase.cancellation
  LEFT JOIN hold.hold USING (hold_id)
 WHERE (%(cancellation_code)s::text IS NULL OR cancellation_code = %(cancellation_code)s)
   AND (%(to_run_at)s::timestamptz IS NULL
        OR (confirmed_at IS NOT NULL
            AND (finished_at IS NULL OR finished_at > %(to_run_at)s::timestamptz - interval '1 hour')))
   AND cancellation_id < %(before)s
 ORDER BY cancellation_id DESC
 LIMIT %(limit)s
