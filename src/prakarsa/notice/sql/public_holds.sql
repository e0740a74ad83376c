-- Holds that the public may know of, in force, announced or over, with what they reach and what was last said of them.
-- Those in force: widest first. Those over: newest first, behind a given one.
SELECT hold.hold_id, hold_code, scope, capability, target_code, target_name, reason_code, legal_basis, basis_version,
       public_words, public_words_en, placed_at, starts_at, ends_at, review_at, over_at, lifted_at, lift_reason,
       newest.reviewed_at, newest.words AS review_words, reach.people, reach.courses, reach.platforms, reach.counted_at
  FROM hold.hold
  LEFT JOIN notice.reach USING (hold_id)
  LEFT JOIN LATERAL (SELECT reviewed_at, words
                       FROM hold.review
                      WHERE review.hold_id = hold.hold_id
                      ORDER BY review_id DESC
                      LIMIT 1) AS newest ON true
 WHERE scope NOT IN ('card', 'person')
   AND CASE %(standing)s WHEN 'in_force' THEN over_at > %(now)s AND starts_at <= %(now)s
                         WHEN 'announced' THEN over_at > %(now)s AND starts_at > %(now)s
                         ELSE over_at <= %(now)s END
   AND (%(before)s::bigint IS NULL
        OR (placed_at, hold.hold_id) < (SELECT placed_at, hold_id FROM hold.hold WHERE hold_id = %(before)s))
 ORDER BY CASE WHEN %(standing)s <> 'in_force' THEN NULL
               ELSE array_position(ARRAY['programme', 'platform', 'institution', 'course', 'schedule'], scope) END,
          placed_at DESC, hold.hold_id DESC
 LIMIT %(limit)s
