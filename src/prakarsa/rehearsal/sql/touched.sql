-- Whom a change touches: one pass over the cards of its waves, and what hangs on the courses that would leave sale.
-- A next-purchase clock runs after a completed course while there is money left to buy another.
WITH touched_card AS (
    SELECT card.card_id, account.balance_idr
      FROM card.card
      JOIN programme.wave USING (wave_id)
      JOIN ledger.account USING (account_id)
     WHERE wave.number = ANY (%(waves)s)
       AND card.state = 'active'
       AND NOT card.is_probe
       AND account.balance_idr > 0
),
bought AS (
    SELECT card_id, bool_and(completed_at IS NOT NULL) AS all_completed
      FROM purchase.purchase
     WHERE voided_at IS NULL
     GROUP BY card_id
),
cards AS (
    SELECT count(*) AS cards, coalesce(sum(balance_idr), 0) AS cards_idr,
           count(*) FILTER (WHERE bought.card_id IS NULL) AS first_clocks,
           count(*) FILTER (WHERE bought.all_completed) AS next_clocks
      FROM touched_card
      LEFT JOIN bought USING (card_id)
),
classes AS (
    SELECT count(*) AS classes, coalesce(sum(seats - seats_sold), 0) AS unsold_seats
      FROM catalogue.schedule
     WHERE course_id = ANY (%(course_ids)s)
       AND enrolment_closes_at >= %(now)s
),
sold AS (
    SELECT count(DISTINCT card_id) FILTER (WHERE completed_at IS NULL) AS in_training,
           count(*) FILTER (WHERE purchased_at > %(sales_since)s) AS sales,
           coalesce(sum(amount_idr) FILTER (WHERE purchased_at > %(sales_since)s), 0) AS sales_idr
      FROM purchase.purchase
     WHERE course_id = ANY (%(course_ids)s)
       AND voided_at IS NULL
)
SELECT cards::bigint, cards_idr::bigint, first_clocks::bigint,
       CASE WHEN %(next_clock)s THEN next_clocks ELSE 0 END::bigint AS next_clocks,
       classes::bigint, unsold_seats::bigint, in_training::bigint, sales::bigint, sales_idr::bigint
  FROM cards, classes, sold
