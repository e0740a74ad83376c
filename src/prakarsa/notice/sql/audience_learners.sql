-- Everybody who has a place that is neither cancelled nor completed, anywhere or bought on one platform, in the order of
-- their cards.
SELECT card_id AS place, person_id
  FROM card.card
 WHERE card_id > %(after)s
   AND NOT is_probe
   AND EXISTS (SELECT
                 FROM purchase.purchase
                 JOIN partner.partner AS platform ON platform.partner_id = purchase.platform_id
                WHERE purchase.card_id = card.card_id
                  AND purchase.voided_at IS NULL
                  AND purchase.completed_at IS NULL
                  AND (%(target_code)s::text IS NULL OR platform.client_code = %(target_code)s))
   AND (SELECT true FROM notice.recipient
         WHERE recipient.notice_id = %(notice_id)s AND recipient.person_id = card.person_id) IS NULL
 ORDER BY card_id
 LIMIT %(limit)s
