-- curation: institutions step by step, courses by independent scores, delivered classes by monitors.
-- People are named as the journal names them ("staff/7"), so that what they decided outlives their account.
CREATE SCHEMA curation;

-- What courses are scored by. A version that was loaded is never edited: scores belong to the version they were made by.
CREATE TABLE curation.indicator_set (
    set_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL,
    version int NOT NULL CHECK (version > 0),
    title text NOT NULL,
    source text NOT NULL,
    loaded_by text NOT NULL,
    loaded_at timestamptz NOT NULL,
    CONSTRAINT indicator_version_once UNIQUE (name, version)
);
CREATE TABLE curation.indicator (
    set_id bigint NOT NULL REFERENCES curation.indicator_set,
    place int NOT NULL,
    code text NOT NULL,
    "group" text NOT NULL,
    group_en text NOT NULL,
    question text NOT NULL,
    question_en text NOT NULL,
    weight int NOT NULL CHECK (weight BETWEEN 1 AND 100),
    PRIMARY KEY (set_id, code)
);

-- Who belongs where and so may not judge: declared by the person or entered by a colleague.
CREATE TABLE curation.interest (
    interest_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    who text NOT NULL,
    partner_id bigint NOT NULL REFERENCES partner.partner,
    words text NOT NULL CHECK (words <> ''),
    declared_by text NOT NULL,
    declared_at timestamptz NOT NULL,
    ended_at timestamptz
);
CREATE UNIQUE INDEX interest_once ON curation.interest (who, partner_id) WHERE ended_at IS NULL;

-- One journey of one course through assessment.
CREATE TABLE curation.round (
    round_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    round_code text NOT NULL CONSTRAINT round_code_once UNIQUE,
    course_id bigint NOT NULL REFERENCES catalogue.course,
    number int NOT NULL CHECK (number > 0),
    set_id bigint NOT NULL REFERENCES curation.indicator_set,
    -- the course as handed in, so that the next round can show what changed
    content jsonb NOT NULL,
    state text NOT NULL,
    submitted_by text NOT NULL,
    submitted_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    -- tenths of a percent
    result_tenths int CHECK (result_tenths BETWEEN 0 AND 1000),
    reason text,
    decided_by text,
    decided_at timestamptz,
    CONSTRAINT round_once UNIQUE (course_id, number),
    CONSTRAINT round_decided_whole CHECK (num_nulls(decided_by, decided_at) IN (0, 2)),
    CONSTRAINT round_decided_by_state CHECK ((state IN ('approved', 'rejected')) = (decided_at IS NOT NULL)),
    CONSTRAINT approved_round_has_result CHECK (state <> 'approved' OR result_tenths IS NOT NULL)
);
CREATE UNIQUE INDEX one_open_round ON curation.round (course_id) WHERE decided_at IS NULL;
CREATE INDEX round_queue ON curation.round (due_at, round_id) WHERE decided_at IS NULL;

-- Who assesses, in the order they were called; the third only when two differ.
CREATE TABLE curation.assignment (
    assignment_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    round_id bigint NOT NULL REFERENCES curation.round,
    assessor text NOT NULL,
    assigned_by text NOT NULL,
    assigned_at timestamptz NOT NULL,
    score_tenths int CHECK (score_tenths BETWEEN 0 AND 1000),
    scored_at timestamptz,
    relieved_at timestamptz,
    relieved_because text,
    CONSTRAINT scored_whole CHECK (num_nulls(score_tenths, scored_at) IN (0, 2)),
    CONSTRAINT relieved_whole CHECK (num_nulls(relieved_at, relieved_because) IN (0, 2)),
    CONSTRAINT scored_or_relieved CHECK (num_nonnulls(scored_at, relieved_at) < 2)
);
CREATE UNIQUE INDEX assessor_once_per_round ON curation.assignment (round_id, assessor) WHERE relieved_at IS NULL;
CREATE INDEX assignment_to_do ON curation.assignment (assessor, round_id)
    WHERE scored_at IS NULL AND relieved_at IS NULL;
CREATE TABLE curation.mark (
    assignment_id bigint NOT NULL REFERENCES curation.assignment,
    indicator text NOT NULL,
    points int NOT NULL CHECK (points BETWEEN 0 AND 4),
    note text NOT NULL DEFAULT '',
    PRIMARY KEY (assignment_id, indicator)
);

-- An institution on its way in.
CREATE TABLE curation.application (
    application_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    application_code text NOT NULL CONSTRAINT application_code_once UNIQUE,
    institution_id bigint NOT NULL REFERENCES partner.partner,
    -- the steps the terms of that day asked for, in order
    steps text[] NOT NULL CHECK (cardinality(steps) > 0),
    state text NOT NULL,
    opened_by text NOT NULL,
    opened_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    ended_at timestamptz
);
CREATE UNIQUE INDEX one_open_application ON curation.application (institution_id) WHERE ended_at IS NULL;
CREATE INDEX application_by_institution ON curation.application (institution_id, application_id);
CREATE INDEX application_queue ON curation.application (due_at, application_id) WHERE ended_at IS NULL;
CREATE TABLE curation.step (
    step_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    application_id bigint NOT NULL REFERENCES curation.application,
    step text NOT NULL,
    -- counts up each time the step is taken again after a rejection
    attempt int NOT NULL CHECK (attempt > 0),
    opened_at timestamptz NOT NULL,
    outcome text CHECK (outcome IN ('passed', 'rejected')),
    reason text,
    evidence jsonb NOT NULL DEFAULT '[]',
    decided_by text,
    decided_at timestamptz,
    CONSTRAINT step_once UNIQUE (application_id, step, attempt),
    CONSTRAINT step_decided_whole CHECK (num_nulls(outcome, reason, decided_by, decided_at) IN (0, 4))
);
CREATE UNIQUE INDEX one_open_step ON curation.step (application_id) WHERE decided_at IS NULL;

-- What has to be mended after a rejection, item by item, and what was answered to it.
CREATE TABLE curation.mend (
    mend_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    round_id bigint REFERENCES curation.round,
    step_id bigint REFERENCES curation.step,
    item text NOT NULL,
    words text NOT NULL CHECK (words <> ''),
    answer text,
    answered_by text,
    answered_at timestamptz,
    CONSTRAINT mend_of_one CHECK (num_nonnulls(round_id, step_id) = 1),
    CONSTRAINT mend_answered_whole CHECK (num_nulls(answer, answered_by, answered_at) IN (0, 3))
);
CREATE UNIQUE INDEX mend_once_per_round ON curation.mend (round_id, item) WHERE round_id IS NOT NULL;
CREATE UNIQUE INDEX mend_once_per_step ON curation.mend (step_id, item) WHERE step_id IS NOT NULL;

-- A monitor looked at a class.
CREATE TABLE curation.observation (
    observation_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    observation_code text NOT NULL CONSTRAINT observation_code_once UNIQUE,
    schedule_id bigint NOT NULL REFERENCES catalogue.schedule,
    monitor text NOT NULL,
    observed_at timestamptz NOT NULL,
    summary text NOT NULL CHECK (summary <> ''),
    recorded_at timestamptz NOT NULL
);
CREATE INDEX observation_by_schedule ON curation.observation (schedule_id);

-- Why a course is looked at again, and what a curator made of it.
CREATE TABLE curation.review (
    review_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    review_code text NOT NULL CONSTRAINT review_code_once UNIQUE,
    course_id bigint NOT NULL REFERENCES catalogue.course,
    cause text NOT NULL,
    state text NOT NULL,
    opened_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    words text,
    improve_by_at timestamptz,
    hold_code text,
    decided_by text,
    decided_at timestamptz,
    ended_at timestamptz,
    CONSTRAINT review_decided_whole CHECK (num_nulls(words, decided_by, decided_at) IN (0, 3)),
    CONSTRAINT improvement_has_deadline CHECK (state <> 'improving' OR improve_by_at IS NOT NULL),
    CONSTRAINT held_review_names_hold CHECK (state <> 'held' OR hold_code IS NOT NULL)
);
CREATE UNIQUE INDEX one_open_review ON curation.review (course_id) WHERE ended_at IS NULL;
CREATE INDEX review_queue ON curation.review (due_at, review_id) WHERE ended_at IS NULL;
CREATE TABLE curation.finding (
    finding_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    finding_code text NOT NULL CONSTRAINT finding_code_once UNIQUE,
    observation_id bigint NOT NULL REFERENCES curation.observation,
    course_id bigint NOT NULL REFERENCES catalogue.course,
    aspect text NOT NULL,
    severity text NOT NULL,
    promised text NOT NULL CHECK (promised <> ''),
    delivered text NOT NULL CHECK (delivered <> ''),
    evidence jsonb NOT NULL,
    found_at timestamptz NOT NULL,
    review_id bigint REFERENCES curation.review
);
CREATE INDEX finding_by_course ON curation.finding (course_id, found_at);
CREATE INDEX finding_by_observation ON curation.finding (observation_id);
CREATE INDEX finding_by_review ON curation.finding (review_id) WHERE review_id IS NOT NULL;
