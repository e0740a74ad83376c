-- Rows that are already there stay as they are.
INSERT INTO programme.parameter
       (scheme, name, value, first_wave, last_wave, effective_from, effective_to, legal_basis, source, instrument,
        article, instrument_version, known_from)
SELECT %(scheme)s, name, value::jsonb, first_wave, last_wave, effective_from, effective_to, legal_basis, source,
       instrument, article, instrument_version, %(known_from)s
  FROM unnest(%(names)s::text[], %(values)s::text[], %(first_waves)s::int[], %(last_waves)s::int[],
              %(froms)s::date[], %(tos)s::date[], %(bases)s::text[], %(sources)s::text[], %(instruments)s::text[],
              %(articles)s::text[], %(versions)s::text[])
       AS row (name, value, first_wave, last_wave, effective_from, effective_to, legal_basis, source, instrument,
               article, instrument_version)
    ON CONFLICT (scheme, name, first_wave, effective_from) DO NOTHING
