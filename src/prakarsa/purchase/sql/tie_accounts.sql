INSERT INTO purchase.platform_account (card_id, platform_id, platform_user)
SELECT DISTINCT card_id, platform_id, platform_user
  FROM unnest(%(card_ids)s::bigint[], %(platform_ids)s::bigint[], %(platform_users)s::text[])
       AS row (card_id, platform_id, platform_user)
    ON CONFLICT ON CONSTRAINT one_account_per_platform DO NOTHING
