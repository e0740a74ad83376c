-- Why a code no longer lives.
SELECT used_at IS NOT NULL AS used, tries
  FROM people.sign_in_code
 WHERE handle_digest = %(handle)s
   AND (used_at IS NOT NULL OR expires_at > %(now)s)
