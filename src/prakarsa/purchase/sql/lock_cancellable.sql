-- The next purchases to cancel, their cards locked in card order as everywhere. Cards that somebody else holds are
-- passed by, so that several workers share the work; whoever finds nothing else waits for them.
-- Bought before the sale was opened again: a payment that had begun when the closing hold was written belongs to it.
SELECT purchase.purchase_id
  FROM purchase.purchase
  JOIN card.card USING (card_id)
 WHERE purchase.schedule_id = ANY (%(schedule_ids)s)
   AND purchase.voided_at IS NULL
   AND purchase.completed_at IS NULL
   AND purchase.purchased_at < %(bought_before)s
 ORDER BY purchase.card_id, purchase.purchase_id
 LIMIT %(limit)s
   FOR NO KEY UPDATE OF card SKIP LOCKED
