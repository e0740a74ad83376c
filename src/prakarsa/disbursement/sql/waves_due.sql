-- Waves that have payments due now: one look into the index for each.
SELECT wave_id, number
  FROM programme.wave
 WHERE EXISTS (SELECT FROM disbursement.instruction
                WHERE instruction.wave_id = wave.wave_id
                  AND state = 'scheduled'
                  AND next_attempt_at <= %(now)s)
 ORDER BY number
