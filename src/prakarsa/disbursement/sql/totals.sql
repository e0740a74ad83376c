-- What is paid and on its way is added up from the files, a thousand times fewer than the payments; the rest from
-- indexes that hold nothing else.
SELECT scheduled.*, answered.*, failed.*, cancelled.*
  FROM (SELECT count(*) AS scheduled, coalesce(sum(amount_idr), 0)::bigint AS scheduled_idr
          FROM disbursement.instruction WHERE state = 'scheduled') AS scheduled,
       (SELECT coalesce(sum(lines - paid_lines - failed_lines), 0)::bigint AS sent,
               coalesce(sum(total_idr - paid_idr - failed_idr), 0)::bigint AS sent_idr,
               coalesce(sum(paid_lines), 0)::bigint AS paid,
               coalesce(sum(paid_idr), 0)::bigint AS paid_idr
          FROM disbursement.batch) AS answered,
       (SELECT count(*) AS failed, coalesce(sum(amount_idr), 0)::bigint AS failed_idr
          FROM disbursement.instruction WHERE state = 'failed') AS failed,
       (SELECT count(*) AS cancelled, coalesce(sum(amount_idr), 0)::bigint AS cancelled_idr
          FROM disbursement.instruction WHERE state = 'cancelled') AS cancelled
