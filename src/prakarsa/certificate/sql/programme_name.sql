-- As the newest wave's scheme names it.
SELECT split_part(scheme.title, ',', 1)
  FROM programme.wave
  JOIN programme.scheme USING (scheme)
 ORDER BY wave.number DESC
 LIMIT 1
