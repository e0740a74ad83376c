INSERT INTO purchase.purchase (card_id, intent_id, platform_id, institution_id, course_id, schedule_id, invoice_code,
                               invoice_url, transaction_code, redeem_code, amount_idr, purchased_at)
SELECT card_id, intent_id, platform_id, institution_id, course_id, schedule_id, invoice_code, invoice_url,
       transaction_code, redeem_code, amount_idr, %(now)s
  FROM unnest(%(card_ids)s::bigint[], %(intent_ids)s::bigint[], %(platform_ids)s::bigint[],
              %(institution_ids)s::bigint[], %(course_ids)s::bigint[], %(schedule_ids)s::bigint[],
              %(invoice_codes)s::text[], %(invoice_urls)s::text[], %(transaction_codes)s::text[],
              %(redeem_codes)s::text[], %(amounts_idr)s::bigint[])
       AS row (card_id, intent_id, platform_id, institution_id, course_id, schedule_id, invoice_code, invoice_url,
               transaction_code, redeem_code, amount_idr)
