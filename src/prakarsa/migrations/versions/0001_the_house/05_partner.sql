-- partner: platforms and institutions, their keys and registered addresses.
CREATE SCHEMA partner;

CREATE TABLE partner.partner (
    partner_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('platform', 'institution')),
    client_code text NOT NULL CONSTRAINT client_code_once UNIQUE,
    name text NOT NULL,
    status text NOT NULL CHECK (status IN ('pending', 'active', 'ended')),
    -- the agreement (platform, art. 36(1)) or decree (institution, art. 30(1)) that makes it a partner
    basis text,
    commission_percent int NOT NULL DEFAULT 0 CHECK (commission_percent BETWEEN 0 AND 100),
    registered_at timestamptz NOT NULL,
    account_id bigint NOT NULL REFERENCES ledger.account,
    -- what the public search of the catalogue finds an institution by; signs become blanks, else the parser reads
    -- "a/b" as one file name and "-5" as one number
    words tsvector GENERATED ALWAYS AS (to_tsvector('simple', translate(name, '/.:@_-', '      '))) STORED,
    CONSTRAINT active_partner_has_basis CHECK (status <> 'active' OR basis IS NOT NULL)
);

CREATE INDEX partner_by_words ON partner.partner USING gin (words);

CREATE TABLE partner.sign_key (
    key_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    partner_id bigint NOT NULL REFERENCES partner.partner,
    secret_sealed bytea NOT NULL,
    created_at timestamptz NOT NULL,
    -- rotation leaves the old key valid until this moment, so that a partner can change over without a gap
    expires_at timestamptz,
    revoked_at timestamptz
);
CREATE INDEX sign_key_by_partner ON partner.sign_key (partner_id);

CREATE TABLE partner.redirect_uri (
    partner_id bigint NOT NULL REFERENCES partner.partner,
    uri text NOT NULL,
    PRIMARY KEY (partner_id, uri)
);

-- Who owns whom: a platform may not sell courses of an institution it owns or that owns it.
CREATE TABLE partner.ownership (
    owner_id bigint NOT NULL REFERENCES partner.partner,
    owned_id bigint NOT NULL REFERENCES partner.partner,
    since date NOT NULL,
    PRIMARY KEY (owner_id, owned_id),
    CONSTRAINT nobody_owns_itself CHECK (owner_id <> owned_id)
);
CREATE INDEX ownership_by_owned ON partner.ownership (owned_id);
