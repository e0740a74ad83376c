-- Holds that stand at a moment: those on things, and those on these cards and people. Every act asks this, so it is one
-- statement; each part walks an index of its own.
WITH standing AS (
    SELECT hold_id
      FROM hold.hold
     WHERE scope NOT IN ('card', 'person')
       AND over_at > %(now)s
     UNION ALL
    SELECT hold_id FROM hold.hold WHERE scope = 'card' AND target_code = ANY (%(cards)s::text[])
     UNION ALL
    SELECT hold_id FROM hold.hold WHERE scope = 'person' AND target_code = ANY (%(people)s::text[])
)
SELECT hold_id, hold_code, scope, target_code, target_name, reason_code, legal_basis, public_words, notice_to, notice_at,
       placed_by, placed_at, starts_at, ends_at, review_at, lifted_at, lifted_by, lift_reason,
       capability, basis_version, public_words_en, evidence, proportionality, answer_by_at, second_person, party,
       four_eyes, over_at
  FROM hold.hold
 WHERE hold_id IN (SELECT hold_id FROM standing)
   AND starts_at <= %(now)s
   AND over_at > %(now)s
 ORDER BY placed_at DESC, hold_id DESC
