-- hold: suspensions with due process.
CREATE SCHEMA hold;

CREATE TABLE hold.hold (
    hold_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    hold_code text NOT NULL CONSTRAINT hold_code_once UNIQUE,
    scope text NOT NULL CHECK (scope IN ('programme', 'platform', 'institution', 'course')),
    capability text NOT NULL CHECK (capability IN ('selling')),
    -- client_code or course_code; none for the whole programme
    target_code text,
    target_name text NOT NULL CHECK (target_name <> ''),
    reason_code text NOT NULL,
    legal_basis text NOT NULL CHECK (legal_basis <> ''),
    public_words text NOT NULL CHECK (public_words <> ''),
    notice_to text NOT NULL CHECK (notice_to <> ''),
    notice_at timestamptz NOT NULL,
    placed_by text NOT NULL,
    placed_at timestamptz NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz,
    review_at timestamptz,
    lifted_at timestamptz,
    lifted_by text,
    lift_reason text,
    CONSTRAINT hold_has_target CHECK ((scope = 'programme') = (target_code IS NULL)),
    CONSTRAINT hold_ends_or_is_reviewed CHECK (ends_at IS NOT NULL OR review_at IS NOT NULL),
    CONSTRAINT hold_ends_after_it_starts CHECK (ends_at > starts_at),
    CONSTRAINT hold_lifted_whole CHECK (num_nulls(lifted_at, lifted_by, lift_reason) IN (0, 3))
);
CREATE INDEX hold_by_target ON hold.hold (scope, target_code);
