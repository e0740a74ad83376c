-- Every state that has a journal row.
SELECT 'person/' || person_id || '/card' AS subject, 'card.issued' AS action
  FROM card.card
 UNION ALL
SELECT 'card/' || card_id, 'card.revoked'
  FROM card.card
 WHERE state = 'revoked'
