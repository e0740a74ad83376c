-- Take locked rows away, with all that was attended.
-- Safe to run again: what was taken is gone only when the taker's transaction commits.
WITH taken AS (
    DELETE FROM attendance.finished WHERE purchase_id = ANY (%(purchase_ids)s) RETURNING purchase_id
)
SELECT purchase_id, class.meetings, array_agg(attended.sequence) AS sequences, max(attended.attended_at) AS last_at
  FROM taken
  JOIN purchase.purchase USING (purchase_id)
  JOIN attendance.class USING (schedule_id)
  JOIN attendance.attended USING (purchase_id)
 GROUP BY purchase_id, class.meetings
 ORDER BY purchase_id
