-- card: issuing, revoking, expiry. A card is a view on a ledger account.
CREATE SCHEMA card;

CREATE TABLE card.card (
    card_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id bigint NOT NULL CONSTRAINT one_card_per_person UNIQUE REFERENCES people.person,
    wave_id bigint NOT NULL REFERENCES programme.wave,
    account_id bigint NOT NULL CONSTRAINT one_account_per_card UNIQUE REFERENCES ledger.account,
    number_sealed bytea NOT NULL,
    number_index bytea NOT NULL CONSTRAINT card_number_once UNIQUE,
    issued_at timestamptz NOT NULL,
    -- the first-purchase clock starts when the person has been told
    notified_at timestamptz NOT NULL,
    state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'revoked')),
    revoked_at timestamptz,
    CONSTRAINT revoked_has_moment CHECK ((state = 'revoked') = (revoked_at IS NOT NULL))
);
CREATE INDEX card_by_wave ON card.card (wave_id, card_id);
