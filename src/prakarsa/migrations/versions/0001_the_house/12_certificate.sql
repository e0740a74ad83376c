-- certificate: what was completed, and proof anyone can verify.
CREATE SCHEMA certificate;

-- A key belongs to one public address: its id is a URL there, and verifiers follow it.
CREATE TABLE certificate.signing_key (
    key_id text PRIMARY KEY,
    base_url text NOT NULL,
    secret_sealed bytea NOT NULL,
    created_at timestamptz NOT NULL,
    retired_at timestamptz
);
CREATE UNIQUE INDEX one_signing_key_in_use ON certificate.signing_key (base_url) WHERE retired_at IS NULL;

CREATE TABLE certificate.certificate (
    certificate_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number text NOT NULL CONSTRAINT certificate_number_once UNIQUE,
    purchase_id bigint NOT NULL CONSTRAINT one_certificate_per_purchase UNIQUE
        REFERENCES purchase.purchase (purchase_id),
    person_id bigint NOT NULL REFERENCES people.person,
    issued_at timestamptz NOT NULL,
    -- what the paper and the verification page say, as it was on the day of issue
    facts jsonb NOT NULL,
    credential text NOT NULL,
    key_id text NOT NULL REFERENCES certificate.signing_key,
    revoked_at timestamptz,
    revoke_reason text,
    CONSTRAINT revoked_whole CHECK (num_nulls(revoked_at, revoke_reason) IN (0, 2))
);
CREATE INDEX certificate_by_person ON certificate.certificate (person_id, certificate_id);
