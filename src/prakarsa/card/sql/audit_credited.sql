-- Cards that were not credited exactly once from the budget of their wave, and credits without a card. Probes have no
-- money at all.
WITH credit AS (
    SELECT to_account_id AS account_id, count(*) AS credits, min(from_account_id) AS from_account_id
      FROM ledger.transfer
     WHERE reason = 'wave_credit'
     GROUP BY to_account_id
)
SELECT coalesce('card/' || card.card_id, 'account/' || account_id) AS subject,
       jsonb_build_object('credits', coalesce(credit.credits, 0)) AS facts
  FROM card.card
  JOIN programme.wave USING (wave_id)
  FULL JOIN credit USING (account_id)
 WHERE credit.credits IS DISTINCT FROM CASE WHEN card.is_probe THEN NULL ELSE 1 END
    OR card.card_id IS NULL
    OR credit.from_account_id <> wave.budget_account_id
 ORDER BY account_id
