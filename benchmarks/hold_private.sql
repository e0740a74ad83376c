-- As many holds on single cards as given, all in force.
INSERT INTO hold.hold (hold_code, scope, capability, target_code, target_name, reason_code, legal_basis, basis_version,
                       public_words, evidence, proportionality, notice_to, notice_at, placed_by, placed_at, starts_at,
                       review_at, party)
SELECT 'HLD-B' || card_id, 'card', 'selling', card_id::text, 'One card', 'identity_misuse', 'art. 1', '2020', 'Diperiksa.',
       '[]', 'One card.', 'SMS', %(now)s, 'staff/1', %(now)s, %(now)s, %(now)s::timestamptz + interval '30 days',
       'person/' || person_id
  FROM card.card
 ORDER BY card_id
 LIMIT %(holds)s;
ANALYZE hold.hold;
