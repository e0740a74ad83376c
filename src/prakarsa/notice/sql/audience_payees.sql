-- Everybody who waits for a payment, for a course bought anywhere or on one platform, in the order of people.
SELECT person_id AS place, person_id
  FROM disbursement.payout_account
 WHERE person_id > %(after)s
   AND EXISTS (SELECT
                 FROM disbursement.instruction
                WHERE instruction.person_id = payout_account.person_id
                  AND instruction.state IN ('scheduled', 'failed')
                  AND (%(target_code)s::text IS NULL
                       OR EXISTS (SELECT
                                    FROM purchase.purchase
                                    JOIN partner.partner AS platform ON platform.partner_id = purchase.platform_id
                                   WHERE purchase.purchase_id = instruction.purchase_id
                                     AND platform.client_code = %(target_code)s)))
   AND (SELECT true FROM notice.recipient
         WHERE recipient.notice_id = %(notice_id)s AND recipient.person_id = payout_account.person_id) IS NULL
 ORDER BY person_id
 LIMIT %(limit)s
