-- Cards taken back while a hold that kept their owner from buying was in force.
SELECT card.card_id, wave.number AS wave_number, card.revoked_at, hold.hold_code
  FROM card.card
  JOIN programme.wave USING (wave_id)
  JOIN hold.hold ON hold.starts_at <= card.revoked_at
                AND card.revoked_at < least(hold.lifted_at, hold.ends_at, 'infinity')
 WHERE card.state = 'revoked'
   AND (hold.scope = 'programme'
        OR EXISTS (SELECT
                     FROM purchase.refused_attempt
                    WHERE refused_attempt.card_id = card.card_id
                      AND refused_attempt.hold_id = hold.hold_id
                      AND refused_attempt.at <= card.revoked_at))
 ORDER BY card.card_id
