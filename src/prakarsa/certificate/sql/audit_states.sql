-- Every state that has a journal row.
SELECT 'certificate/' || number AS subject, 'certificate.issued' AS action
  FROM certificate.certificate
 UNION ALL
SELECT 'certificate/' || number, 'certificate.revoked'
  FROM certificate.certificate
 WHERE revoked_at IS NOT NULL
