-- Cases the institution already has keep their code.
INSERT INTO attendance.test_code (redeem_code, institution_id, test_case, issued_at, attended)
SELECT redeem_code, %(institution_id)s, test_case, %(now)s, attended::jsonb
  FROM unnest(%(codes)s::text[], %(cases)s::text[], %(attended)s::text[]) AS fresh (redeem_code, test_case, attended)
    ON CONFLICT ON CONSTRAINT test_case_once DO NOTHING
