-- Book the bank's word on lines of one file: the attempt is over, and the instruction goes on or ends.
WITH decided AS (
    SELECT *
      FROM unnest(%(instruction_ids)s::bigint[], %(outcomes)s::text[], %(failures)s::text[], %(states)s::text[],
                  %(faults)s::int[], %(next_attempts)s::timestamptz[])
           AS row (instruction_id, outcome, failure, state, faults, next_attempt_at)
),
line AS (
    UPDATE disbursement.batch_line
       SET outcome = decided.outcome, failure = decided.failure, decided_at = %(now)s
      FROM decided
     WHERE batch_line.batch_id = %(batch_id)s
       AND batch_line.instruction_id = decided.instruction_id
       AND batch_line.outcome IS NULL
    RETURNING batch_line.instruction_id, batch_line.outcome, batch_line.amount_idr
),
moved AS (
    UPDATE disbursement.instruction
       SET state = decided.state, failure = decided.failure, faults = decided.faults,
           next_attempt_at = decided.next_attempt_at, decided_at = %(now)s
      FROM decided
      JOIN line USING (instruction_id)
     WHERE instruction.instruction_id = decided.instruction_id
),
counted AS (
    SELECT count(*) FILTER (WHERE outcome = 'paid') AS paid_lines,
           coalesce(sum(amount_idr) FILTER (WHERE outcome = 'paid'), 0) AS paid_idr,
           count(*) FILTER (WHERE outcome = 'failed') AS failed_lines,
           coalesce(sum(amount_idr) FILTER (WHERE outcome = 'failed'), 0) AS failed_idr
      FROM line
)
UPDATE disbursement.batch
   SET heard_at = %(now)s,
       paid_lines = batch.paid_lines + counted.paid_lines,
       paid_idr = batch.paid_idr + counted.paid_idr,
       failed_lines = batch.failed_lines + counted.failed_lines,
       failed_idr = batch.failed_idr + counted.failed_idr,
       answered_at = CASE WHEN batch.answered_at IS NOT NULL THEN batch.answered_at
                          WHEN batch.paid_lines + counted.paid_lines + batch.failed_lines + counted.failed_lines
                               = batch.lines THEN %(now)s END
  FROM counted
 WHERE batch.batch_id = %(batch_id)s
