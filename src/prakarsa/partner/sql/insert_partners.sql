-- Client codes already taken are passed over, so running it again adds nothing.
INSERT INTO partner.partner
       (kind, client_code, name, status, basis, commission_percent, account_id, registered_at)
SELECT kind, client_code, name, status, basis, commission_percent, account_id, %(now)s
  FROM unnest(%(kinds)s::text[], %(client_codes)s::text[], %(names)s::text[], %(statuses)s::text[],
              %(bases)s::text[], %(commissions)s::int[], %(account_ids)s::bigint[])
       WITH ORDINALITY AS draft (kind, client_code, name, status, basis, commission_percent, account_id, place)
 ORDER BY place
    ON CONFLICT (client_code) DO NOTHING
RETURNING client_code
