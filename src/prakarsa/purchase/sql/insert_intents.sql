INSERT INTO purchase.intent (card_id, token_digest, otp_digest, platform_id, platform_user, schedule_id, amount_idr,
                             created_at, expires_at)
SELECT card_id, token_digest, otp_digest, platform_id, platform_user, schedule_id, amount_idr, %(now)s, expires_at
  FROM unnest(%(card_ids)s::bigint[], %(token_digests)s::bytea[], %(otp_digests)s::bytea[], %(platform_ids)s::bigint[],
              %(platform_users)s::text[], %(schedule_ids)s::bigint[], %(amounts_idr)s::bigint[],
              %(expiries)s::timestamptz[])
       AS row (card_id, token_digest, otp_digest, platform_id, platform_user, schedule_id, amount_idr, expires_at)
