INSERT INTO partner.contact (partner_id, email_sealed, language, changed_at)
VALUES (%(partner_id)s, %(email_sealed)s, %(language)s, %(now)s)
    ON CONFLICT (partner_id) DO UPDATE
   SET email_sealed = excluded.email_sealed, language = excluded.language, changed_at = excluded.changed_at
