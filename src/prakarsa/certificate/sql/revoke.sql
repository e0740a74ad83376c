-- The first revocation stands.
UPDATE certificate.certificate
   SET revoked_at = %(now)s, revoke_reason = %(reason)s
 WHERE number = %(number)s
   AND revoked_at IS NULL
