-- Probes that bought something, were told of something, or count as people.
SELECT 'card/' || card_id AS subject, jsonb_build_object('what', what) AS facts
  FROM (SELECT card_id, 'a purchase' AS what FROM card.card JOIN purchase.purchase USING (card_id) WHERE is_probe
         UNION ALL
        SELECT card_id, 'a notice' FROM card.card JOIN notice.recipient USING (person_id) WHERE is_probe
         UNION ALL
        SELECT card_id, 'a payment' FROM card.card JOIN disbursement.instruction USING (person_id) WHERE is_probe)
       AS found
 ORDER BY card_id
