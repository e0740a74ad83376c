-- A tie that is declared already stays as it is.
INSERT INTO curation.interest (who, partner_id, words, declared_by, declared_at)
VALUES (%(who)s, %(partner_id)s, %(words)s, %(by)s, %(now)s)
    ON CONFLICT (who, partner_id) WHERE ended_at IS NULL DO NOTHING
