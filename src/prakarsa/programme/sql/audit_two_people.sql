-- Policy that one person alone answers for.
SELECT 'scheme/' || scheme AS subject, jsonb_build_object('author', author, 'approver', approver) AS facts
  FROM programme.scheme
 WHERE num_nulls(author, approver) = 1
    OR author = approver
 UNION ALL
SELECT 'change/' || change_code, jsonb_build_object('author', author, 'approver', approver)
  FROM programme.change
 WHERE approved_at IS NOT NULL
   AND (approver IS NULL OR approver = author)
 UNION ALL
SELECT 'change/' || change_code, jsonb_build_object('author', revocation_author, 'approver', revoked_by)
  FROM programme.change
 WHERE revoked_at IS NOT NULL
   AND (revocation_author IS NULL OR revocation_author = revoked_by)
