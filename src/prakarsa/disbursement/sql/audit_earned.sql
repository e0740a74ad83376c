-- Incentives promised for a course that was not completed, or by somebody else's course.
SELECT 'payout/' || instruction.public_id AS subject, '{}'::jsonb AS facts
  FROM disbursement.instruction
  JOIN purchase.purchase USING (purchase_id)
  JOIN card.card USING (card_id)
 WHERE purchase.completed_at IS NULL
    OR card.person_id <> instruction.person_id
 ORDER BY instruction.public_id
