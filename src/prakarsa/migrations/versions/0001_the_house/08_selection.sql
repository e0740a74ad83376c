-- selection: screening, the draw, the decree, the reason shown to each person.
CREATE SCHEMA selection;

CREATE TABLE selection.application (
    application_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- what the public draw list shows: fresh for every wave, so lists cannot be joined
    public_id text NOT NULL CONSTRAINT application_public_id_once UNIQUE,
    wave_id bigint NOT NULL REFERENCES programme.wave,
    person_id bigint NOT NULL REFERENCES people.person,
    region text NOT NULL,
    tier text NOT NULL CHECK (tier IN ('affected', 'general')),
    applied_at timestamptz NOT NULL,
    state text NOT NULL DEFAULT 'applied'
        CHECK (state IN ('applied', 'excluded', 'eligible', 'selected', 'not_selected')),
    -- refusal codes with their facts: why not
    reasons jsonb NOT NULL DEFAULT '[]',
    registry_version text,
    screened_at timestamptz,
    rank_digest bytea,
    place int,
    CONSTRAINT one_application_per_wave UNIQUE (wave_id, person_id)
);
CREATE INDEX application_by_state ON selection.application (wave_id, state, application_id);
CREATE INDEX application_by_person ON selection.application (person_id, wave_id);

CREATE TABLE selection.draw (
    wave_id bigint PRIMARY KEY REFERENCES programme.wave,
    terms jsonb NOT NULL,
    entries int NOT NULL,
    list_sha256 text NOT NULL,
    entries_sha256 text NOT NULL,
    committed_at timestamptz NOT NULL,
    seed text,
    seed_source text,
    seeded_at timestamptz,
    CONSTRAINT seed_after_commitment CHECK (seeded_at > committed_at),
    CONSTRAINT seed_whole CHECK (num_nulls(seed, seed_source, seeded_at) IN (0, 3))
);

CREATE TABLE selection.decree (
    wave_id bigint PRIMARY KEY REFERENCES programme.wave,
    number text NOT NULL CONSTRAINT decree_number_once UNIQUE,
    decreed_at timestamptz NOT NULL,
    decreed_by text NOT NULL,
    persons int NOT NULL,
    training_idr bigint NOT NULL,
    incentive_idr bigint NOT NULL,
    survey_idr bigint NOT NULL
);
