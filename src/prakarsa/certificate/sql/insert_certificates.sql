INSERT INTO certificate.certificate (number, purchase_id, person_id, issued_at, facts, credential, key_id)
SELECT number, purchase_id, person_id, %(now)s, facts::jsonb, credential, %(key_id)s
  FROM unnest(%(numbers)s::text[], %(purchase_ids)s::bigint[], %(person_ids)s::bigint[], %(facts)s::text[],
              %(credentials)s::text[]) AS fresh (number, purchase_id, person_id, facts, credential)
