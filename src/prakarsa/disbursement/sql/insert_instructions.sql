-- Promise payments. Safe to run again: a payment that was promised before stays as it was.
INSERT INTO disbursement.instruction
       (public_id, person_id, wave_id, purchase_id, kind, number, out_of, amount_idr, due_at, next_attempt_at)
SELECT public_id, person_id, wave_id, purchase_id, kind, number, out_of, amount_idr, due_at, due_at
  FROM unnest(%(public_ids)s::text[], %(person_ids)s::bigint[], %(wave_ids)s::bigint[], %(purchase_ids)s::bigint[],
              %(numbers)s::int[], %(out_ofs)s::int[], %(amounts_idr)s::bigint[], %(due_ats)s::timestamptz[], %(kinds)s::text[])
       AS new (public_id, person_id, wave_id, purchase_id, number, out_of, amount_idr, due_at, kind)
    ON CONFLICT ON CONSTRAINT paid_once DO NOTHING
RETURNING public_id
