INSERT INTO partner.ownership (owner_id, owned_id, since)
VALUES (%(owner_id)s, %(owned_id)s, %(since)s)
    ON CONFLICT (owner_id, owned_id) DO NOTHING
