-- Holds for which one person answers where two had to, and proposals confirmed by whoever made them.
SELECT 'hold/' || hold_code AS subject, jsonb_build_object('placed_by', placed_by) AS facts
  FROM hold.hold
 WHERE four_eyes
   AND coalesce(second_person, placed_by) = placed_by
 UNION ALL
SELECT 'hold/' || proposal_code, jsonb_build_object('placed_by', proposed_by)
  FROM hold.proposal
 WHERE hold_id IS NOT NULL
   AND decided_by = proposed_by
