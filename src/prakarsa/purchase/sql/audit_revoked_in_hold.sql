-- Cards taken back while a hold that kept their owner from buying was in force: on everything, on the card or its owner,
-- or on something narrower that had turned the card away. A hold placed after the fact took nothing away.
SELECT card.card_id, wave.number AS wave_number, card.revoked_at, hold.hold_code
  FROM card.card
  JOIN programme.wave USING (wave_id)
  JOIN hold.hold ON hold.starts_at <= card.revoked_at
                AND hold.placed_at <= card.revoked_at
                AND hold.over_at > card.revoked_at
 WHERE card.state = 'revoked'
   AND hold.capability = 'selling'
   AND (hold.scope = 'programme'
        OR (hold.scope, hold.target_code) IN (('card', card.card_id::text), ('person', card.person_id::text))
        OR EXISTS (SELECT
                     FROM purchase.refused_attempt
                    WHERE refused_attempt.card_id = card.card_id
                      AND refused_attempt.hold_id = hold.hold_id
                      AND refused_attempt.at <= card.revoked_at))
 ORDER BY card.card_id, hold.hold_code
