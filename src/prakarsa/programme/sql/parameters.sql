SELECT name, value, first_wave, last_wave, effective_from, effective_to, legal_basis, source
  FROM programme.parameter
 WHERE scheme = %(scheme)s
 ORDER BY name, effective_from, first_wave
