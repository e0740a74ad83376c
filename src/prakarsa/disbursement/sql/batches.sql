SELECT batch.batch_id, batch.message_id, wave.number AS wave_number, batch.created_at, batch.lines, batch.total_idr,
       batch.paid_lines, batch.paid_idr, batch.failed_lines, batch.failed_idr, batch.heard_at, batch.answered_at
  FROM disbursement.batch
  JOIN programme.wave USING (wave_id)
 WHERE batch.batch_id < %(before)s
 ORDER BY batch.batch_id DESC
 LIMIT %(limit)s
