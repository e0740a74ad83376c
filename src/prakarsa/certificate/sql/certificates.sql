-- By number, or all of a person, newest first.
SELECT number, purchase_id, person_id, issued_at, facts, base_url, credential, revoked_at, revoke_reason
  FROM certificate.certificate
  JOIN certificate.signing_key USING (key_id)
 WHERE number = %(number)s
    OR person_id = %(person_id)s
 ORDER BY certificate_id DESC
