INSERT INTO partner.redirect_uri (partner_id, uri)
SELECT partner_id, uri
  FROM unnest(%(partner_ids)s::bigint[], %(uris)s::text[]) AS address (partner_id, uri)
    ON CONFLICT (partner_id, uri) DO NOTHING
