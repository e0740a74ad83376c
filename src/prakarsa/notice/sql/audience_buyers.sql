-- Everybody who has something to buy with or a first purchase still to make, in the order of their cards. What is looked
-- up for each card stands in the conditions, not in joins: else every page of 2,000 would read all accounts and all who
-- were told.
SELECT card_id AS place, person_id
  FROM card.card
 WHERE card_id > %(after)s
   AND state = 'active'
   AND NOT is_probe
   AND ((SELECT balance_idr FROM ledger.account WHERE account.account_id = card.account_id) > 0
        OR NOT EXISTS (SELECT FROM purchase.purchase
                        WHERE purchase.card_id = card.card_id AND purchase.voided_at IS NULL))
   AND (SELECT true FROM notice.recipient
         WHERE recipient.notice_id = %(notice_id)s AND recipient.person_id = card.person_id) IS NULL
 ORDER BY card_id
 LIMIT %(limit)s
