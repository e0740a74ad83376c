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
    -- refusal codes with their facts: why not on the list of the draw
    reasons jsonb NOT NULL DEFAULT '[]',
    registry_version text,
    screened_at timestamptz,
    rank_digest bytea,
    place int,
    -- when somebody who was not selected was told why; the selected are told by their card
    announced_at timestamptz,
    CONSTRAINT one_application_per_wave UNIQUE (person_id, wave_id),
    CONSTRAINT excluded_for_a_reason CHECK ((state = 'excluded') = (reasons <> '[]')),
    CONSTRAINT drawn_has_a_place CHECK ((state IN ('selected', 'not_selected')) = (place IS NOT NULL))
);
CREATE INDEX application_by_state ON selection.application (wave_id, state, application_id);
-- nobody waits for two draws at once, so nobody can be selected twice
CREATE UNIQUE INDEX one_undecided_application ON selection.application (person_id)
    WHERE state IN ('applied', 'eligible');
CREATE INDEX application_to_announce ON selection.application (wave_id, application_id)
    WHERE announced_at IS NULL AND state IN ('excluded', 'not_selected');

CREATE TABLE selection.draw (
    wave_id bigint PRIMARY KEY REFERENCES programme.wave,
    -- quota, reserved_percent, region_quota as committed to
    terms jsonb NOT NULL,
    entries int NOT NULL,
    list_sha256 text NOT NULL,
    entries_sha256 text NOT NULL,
    committed_at timestamptz NOT NULL,
    seed text,
    seed_source text,
    seeded_at timestamptz,
    drawn_at timestamptz,
    selected int,
    -- the last place selected per "region|tier"
    last_places jsonb NOT NULL DEFAULT '{}',
    CONSTRAINT seed_after_commitment CHECK (seeded_at > committed_at),
    CONSTRAINT seed_whole CHECK (num_nulls(seed, seed_source, seeded_at) IN (0, 3)),
    CONSTRAINT drawn_with_a_seed CHECK (drawn_at IS NULL OR drawn_at >= seeded_at),
    CONSTRAINT drawn_whole CHECK (num_nulls(drawn_at, selected) IN (0, 2))
);

-- The commitment, the seed and the result are each written once.
CREATE FUNCTION selection.refuse_second_draw() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE'
       OR (NEW.wave_id, NEW.terms, NEW.entries, NEW.list_sha256, NEW.entries_sha256, NEW.committed_at)
          IS DISTINCT FROM (OLD.wave_id, OLD.terms, OLD.entries, OLD.list_sha256, OLD.entries_sha256, OLD.committed_at)
       OR (OLD.seed IS NOT NULL AND (NEW.seed, NEW.seed_source, NEW.seeded_at)
          IS DISTINCT FROM (OLD.seed, OLD.seed_source, OLD.seeded_at))
       OR OLD.drawn_at IS NOT NULL
    THEN
        RAISE EXCEPTION 'a commitment, its seed and its result are written once';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER draw_happens_once BEFORE UPDATE OR DELETE ON selection.draw
    FOR EACH ROW EXECUTE FUNCTION selection.refuse_second_draw();

CREATE TABLE selection.decree (
    wave_id bigint PRIMARY KEY REFERENCES programme.wave,
    number text NOT NULL CONSTRAINT decree_number_once UNIQUE,
    decreed_at timestamptz NOT NULL,
    decreed_by text NOT NULL,
    persons int NOT NULL,
    -- rupiah for each person
    training_idr bigint NOT NULL,
    incentive_idr bigint NOT NULL,
    survey_idr bigint NOT NULL
);
