-- A file, held until this transaction ends, so that its answer is booked once.
SELECT batch.batch_id, wave.number AS wave_number, batch.answered_at
  FROM disbursement.batch
  JOIN programme.wave USING (wave_id)
 WHERE message_id = %(message_id)s
   FOR NO KEY UPDATE OF batch
