-- Meetings attended more than once with one redeem code, with another's card, beyond the class, or after a cancellation.
SELECT 'purchase/' || purchase.transaction_code AS subject,
       jsonb_build_object('sequence', attended.sequence, 'times', count(*)) AS facts
  FROM attendance.attended
  JOIN purchase.purchase USING (purchase_id)
  JOIN attendance.class USING (schedule_id)
 GROUP BY purchase.transaction_code, purchase.card_id, purchase.voided_at, class.meetings, attended.sequence
HAVING count(*) > 1
    OR min(attended.card_id) <> purchase.card_id
    OR max(attended.card_id) <> purchase.card_id
    OR bool_or(attended.attended_at > purchase.voided_at)
    OR (attended.sequence <> 999 AND attended.sequence > class.meetings)
 ORDER BY purchase.transaction_code, attended.sequence
