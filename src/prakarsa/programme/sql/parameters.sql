-- Every dated row of a scheme with the two people behind it: founding rows, then changes as they were proposed. A change
-- nobody approved has never counted.
SELECT name, value, first_wave, last_wave, effective_from, effective_to, legal_basis, source, instrument, article,
       instrument_version, change_code, known_from, known_until, author, approver
  FROM (
       SELECT parameter.name, value, first_wave, last_wave, effective_from, effective_to, legal_basis, source,
              coalesce(instrument, '') AS instrument, coalesce(article, '') AS article,
              coalesce(instrument_version, '') AS instrument_version, 0 AS place, NULL::text AS change_code,
              known_from, NULL::timestamptz AS known_until, author, approver
         FROM programme.parameter
         JOIN programme.scheme USING (scheme)
        WHERE scheme = %(scheme)s
        UNION ALL
       SELECT name, value, first_wave, last_wave, effective_from, effective_to, legal_basis, source, instrument, article,
              instrument_version, change_id, change_code, approved_at, revoked_at, author, approver
         FROM programme.amendment
         JOIN programme.change USING (change_id)
        WHERE amendment.scheme = %(scheme)s
          AND approved_at IS NOT NULL
       ) AS row
 ORDER BY place, name, effective_from, first_wave
