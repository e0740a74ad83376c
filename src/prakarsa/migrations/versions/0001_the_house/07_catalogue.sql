-- catalogue: courses, schedules, seats, approval. Small tables that every node may hold a copy of.
CREATE SCHEMA catalogue;

CREATE TABLE catalogue.course (
    course_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    course_code text NOT NULL CONSTRAINT course_code_once UNIQUE,
    institution_id bigint NOT NULL REFERENCES partner.partner,
    title text NOT NULL,
    field text NOT NULL,
    description text NOT NULL DEFAULT '',
    mode text NOT NULL CHECK (mode IN ('self_paced', 'webinar', 'in_person')),
    hours int NOT NULL CHECK (hours > 0),
    meetings int NOT NULL CHECK (meetings BETWEEN 1 AND 10),
    price_idr bigint NOT NULL CHECK (price_idr > 0),
    min_age_years int CHECK (min_age_years >= 0),
    max_age_years int CHECK (max_age_years >= min_age_years),
    min_education text,
    state text NOT NULL CHECK (state IN ('draft', 'submitted', 'approved', 'rejected', 'withdrawn')),
    -- the conditions of Permenko 11/2020 (programme-rules 6.1), as declared and assessed
    has_live_session boolean NOT NULL,
    free_elsewhere boolean NOT NULL,
    outside_price_idr bigint CHECK (outside_price_idr >= 0),
    is_bundle boolean NOT NULL,
    tracks_completion boolean NOT NULL,
    has_curriculum boolean NOT NULL,
    has_evaluation boolean NOT NULL,
    has_presence_log boolean NOT NULL,
    expert_assessed boolean NOT NULL,
    registered_at timestamptz NOT NULL,
    decided_at timestamptz,
    decided_by text,
    decision_reason text,
    -- what the public search finds a course by; signs become blanks as in partner.partner
    words tsvector GENERATED ALWAYS AS
        (to_tsvector('simple', translate(title || ' ' || field, '/.:@_-', '      '))) STORED,
    CONSTRAINT decided_whole CHECK (num_nulls(decided_at, decided_by) IN (0, 2)),
    CONSTRAINT approved_by_somebody CHECK (state <> 'approved' OR decided_by IS NOT NULL)
);
CREATE INDEX course_by_institution ON catalogue.course (institution_id);
CREATE INDEX course_by_words ON catalogue.course USING gin (words);
-- the public catalogue turns its pages along this index
CREATE INDEX course_on_page ON catalogue.course (title, course_id) WHERE state = 'approved';
-- curation works through its queue along this one
CREATE INDEX course_by_state ON catalogue.course (state, course_code);

-- Which platform sells which course.
CREATE TABLE catalogue.listing (
    course_id bigint NOT NULL REFERENCES catalogue.course,
    platform_id bigint NOT NULL REFERENCES partner.partner,
    listed_at timestamptz NOT NULL,
    ended_at timestamptz,
    PRIMARY KEY (course_id, platform_id)
);
CREATE INDEX listing_by_platform ON catalogue.listing (platform_id);

CREATE TABLE catalogue.schedule (
    schedule_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    schedule_code text NOT NULL CONSTRAINT schedule_code_once UNIQUE,
    course_id bigint NOT NULL REFERENCES catalogue.course,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    enrolment_closes_at timestamptz NOT NULL,
    seats int NOT NULL CHECK (seats > 0),
    seats_sold int NOT NULL DEFAULT 0,
    CONSTRAINT schedule_never_oversold CHECK (seats_sold BETWEEN 0 AND seats),
    CONSTRAINT schedule_starts_before_it_ends CHECK (starts_at < ends_at),
    CONSTRAINT enrolment_closes_before_start CHECK (enrolment_closes_at <= starts_at)
) WITH (fillfactor = 70); -- room for a new seat count beside the old one, so that selling touches no index
CREATE INDEX schedule_by_course ON catalogue.schedule (course_id, starts_at);

-- When each meeting of a schedule begins; self-paced courses have none.
CREATE TABLE catalogue.meeting (
    schedule_id bigint NOT NULL REFERENCES catalogue.schedule,
    sequence int NOT NULL CHECK (sequence BETWEEN 1 AND 10 OR sequence = 999),
    starts_at timestamptz NOT NULL,
    PRIMARY KEY (schedule_id, sequence)
);
