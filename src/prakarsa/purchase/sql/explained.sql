-- One row for each card and platform: how often was asked since the hour began.
INSERT INTO purchase.explained AS known (card_id, platform_id, since_at, times)
SELECT card_id, %(platform_id)s, %(now)s, 1 FROM card.card WHERE number_index = %(number_index)s
    ON CONFLICT (card_id, platform_id) DO UPDATE
   SET since_at = CASE WHEN known.since_at > %(now)s - interval '1 hour' THEN known.since_at ELSE excluded.since_at END,
       times = CASE WHEN known.since_at > %(now)s - interval '1 hour' THEN known.times + 1 ELSE 1 END
RETURNING times
