SELECT course_id, array_agg(DISTINCT fact)
  FROM catalogue.attestation
 WHERE course_id = ANY (%(ids)s)
 GROUP BY course_id
