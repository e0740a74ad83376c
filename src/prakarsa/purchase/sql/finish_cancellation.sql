-- Finished, once; no row: something is left, or somebody else finished it.
UPDATE purchase.cancellation SET finished_at = %(now)s
 WHERE cancellation_id = %(cancellation_id)s
   AND finished_at IS NULL
   AND NOT EXISTS (SELECT
                     FROM purchase.purchase
                    WHERE schedule_id = ANY (%(schedule_ids)s)
                      AND voided_at IS NULL
                      AND completed_at IS NULL
                      AND purchased_at < %(bought_before)s)
RETURNING cancellation_id
