-- Purchases of platforms by their invoices.
SELECT * FROM purchase.detail
 WHERE (platform_id, invoice_code) IN (SELECT * FROM unnest(%(platform_ids)s::bigint[], %(invoice_codes)s::text[]))
