-- How much of each wave is due now and not with the bank.
SELECT wave.number, sum(amount_idr)::bigint AS due_idr
  FROM disbursement.instruction
  JOIN programme.wave USING (wave_id)
 WHERE state = 'scheduled'
   AND next_attempt_at <= %(now)s
 GROUP BY wave.number
 ORDER BY wave.number
