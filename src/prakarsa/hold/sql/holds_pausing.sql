-- Holds of one capability that stood at some time after a moment, over everything or over one of these targets.
-- Two statements in one, so that each walks the index by its own columns.
SELECT starts_at, over_at, hold_code, public_words, public_words_en
  FROM hold.hold
 WHERE capability = %(capability)s
   AND scope = 'programme'
   AND starts_at <= %(now)s
   AND over_at > greatest(starts_at, %(since)s)
 UNION ALL
SELECT starts_at, over_at, hold_code, public_words, public_words_en
  FROM hold.hold
 WHERE capability = %(capability)s
   AND (scope, target_code) IN (SELECT * FROM unnest(%(scopes)s::text[], %(targets)s::text[]))
   AND starts_at <= %(now)s
   AND over_at > greatest(starts_at, %(since)s)
 ORDER BY starts_at, hold_code
