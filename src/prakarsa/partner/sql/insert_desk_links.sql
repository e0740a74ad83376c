INSERT INTO partner.desk_link (token_digest, partner_id, issued_at, expires_at)
SELECT digest, partner_id, %(now)s, %(expires_at)s
  FROM unnest(%(digests)s::bytea[], %(partner_ids)s::bigint[]) AS link (digest, partner_id)
