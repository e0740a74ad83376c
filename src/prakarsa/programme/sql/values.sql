-- What a wave lives by on one day, as known at one moment, in order of precedence: founding rows, then changes as they
-- were approved. The same as `rules.known` finds among all rows, for the path of a purchase.
SELECT name, value
  FROM (
       SELECT name, value, NULL::timestamptz AS approved_at, 0 AS place
         FROM programme.parameter
        WHERE scheme = %(scheme)s
          AND (known_from IS NULL OR known_from <= %(now)s)
          AND first_wave <= %(wave_number)s
          AND (last_wave IS NULL OR %(wave_number)s <= last_wave)
          AND effective_from <= %(day)s
          AND (effective_to IS NULL OR %(day)s < effective_to)
        UNION ALL
       SELECT name, value, approved_at, change_id
         FROM programme.amendment
         JOIN programme.change USING (change_id)
        WHERE amendment.scheme = %(scheme)s
          AND approved_at <= %(now)s
          AND (revoked_at IS NULL OR %(now)s < revoked_at)
          AND first_wave <= %(wave_number)s
          AND (last_wave IS NULL OR %(wave_number)s <= last_wave)
          AND effective_from <= %(day)s
          AND (effective_to IS NULL OR %(day)s < effective_to)
       ) AS row
 ORDER BY approved_at NULLS FIRST, place
