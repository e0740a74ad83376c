-- What was said of holds, newest first: placed, reviewed, over.
SELECT hold_code, capability, scope, target_name, legal_basis, event.kind, event.at, event.words, event.words_en,
       starts_at, least(ends_at, review_at) AS next_word_at
  FROM hold.hold
 CROSS JOIN LATERAL (
       SELECT 'placed' AS kind, placed_at AS at, public_words AS words, public_words_en AS words_en
        UNION ALL
       SELECT 'reviewed-' || review_id, reviewed_at, review.words, '' FROM hold.review WHERE review.hold_id = hold.hold_id
        UNION ALL
       SELECT 'over', over_at, coalesce(lift_reason, ''), '') AS event
 WHERE scope NOT IN ('card', 'person')
   AND event.at <= %(now)s
   AND hold_id IN (SELECT hold_id
                     FROM hold.hold
                    WHERE scope NOT IN ('card', 'person')
                    ORDER BY greatest(placed_at, CASE WHEN over_at <= %(now)s THEN over_at END,
                                      (SELECT max(reviewed_at) FROM hold.review
                                        WHERE review.hold_id = hold.hold_id)) DESC
                    LIMIT %(limit)s)
 ORDER BY event.at DESC, hold_id DESC, event.kind
 LIMIT %(limit)s
