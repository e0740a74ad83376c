-- The last word on each fact of each course, or every word.
SELECT course_id, fact, value, was, evidence, attested_by, attested_at
  FROM catalogue.attestation
 WHERE course_id = ANY (%(course_ids)s)
   AND (%(every)s
        OR attestation_id = (SELECT max(later.attestation_id)
                               FROM catalogue.attestation AS later
                              WHERE later.course_id = attestation.course_id
                                AND later.fact = attestation.fact))
 ORDER BY course_id, attestation_id DESC
