-- programme: who wrote and who approved a rule; changes to a scheme, told apart from its founding rows.
-- The founding rows stay where they are, so the release before this one goes on reading them.
ALTER TABLE programme.scheme
    ADD COLUMN author text,
    ADD COLUMN approver text,
    ADD COLUMN approved_at timestamptz,
    ADD CONSTRAINT scheme_by_two CHECK (approver <> author);
ALTER TABLE programme.parameter
    -- NULL: from the founding on. A row of a parameter that a later load added counts from that load, so that what was
    -- decided before stays as it was.
    ADD COLUMN known_from timestamptz,
    ADD COLUMN instrument text,
    ADD COLUMN article text,
    ADD COLUMN instrument_version text;

-- A proposed change of a scheme: its file as written, and the two people who answer for it.
CREATE TABLE programme.change (
    change_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    change_code text NOT NULL CONSTRAINT change_code_once UNIQUE,
    scheme text NOT NULL REFERENCES programme.scheme,
    title text NOT NULL CHECK (title <> ''),
    file_text text NOT NULL,
    -- on whose leave it reaches back before its approval
    retroactive_leave text,
    author text NOT NULL,
    proposed_at timestamptz NOT NULL,
    approver text,
    approved_at timestamptz,
    withdrawn_by text,
    withdrawn_at timestamptz,
    -- taking an approved change back is decided by two people as well; what it decided meanwhile stands
    revocation_author text,
    revocation_reason text,
    revoked_by text,
    revoked_at timestamptz,
    CONSTRAINT change_by_two CHECK (approver <> author),
    CONSTRAINT change_approved_whole CHECK (num_nulls(approver, approved_at) IN (0, 2)),
    CONSTRAINT change_withdrawn_whole CHECK (num_nulls(withdrawn_by, withdrawn_at) IN (0, 2)),
    CONSTRAINT change_approved_or_withdrawn CHECK (num_nonnulls(approved_at, withdrawn_at) < 2),
    CONSTRAINT revocation_proposed_whole CHECK (num_nulls(revocation_author, revocation_reason) IN (0, 2)),
    CONSTRAINT change_revoked_whole CHECK (num_nulls(revoked_by, revoked_at) IN (0, 2)),
    CONSTRAINT change_revoked_by_two CHECK (revoked_by <> revocation_author),
    CONSTRAINT only_approved_is_revoked CHECK (revoked_at IS NULL OR approved_at IS NOT NULL)
);

-- The dated rows of a change. They count from its approval to its revocation, and before any older row.
CREATE TABLE programme.amendment (
    amendment_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    change_id bigint NOT NULL REFERENCES programme.change,
    scheme text NOT NULL REFERENCES programme.scheme,
    name text NOT NULL,
    value jsonb NOT NULL,
    first_wave int NOT NULL DEFAULT 1,
    last_wave int,
    effective_from date NOT NULL,
    effective_to date,
    legal_basis text NOT NULL,
    instrument text NOT NULL,
    article text NOT NULL,
    instrument_version text NOT NULL,
    source text NOT NULL,
    CONSTRAINT amendment_range CHECK (effective_to IS NULL OR effective_to > effective_from),
    CONSTRAINT amendment_cohort CHECK (last_wave IS NULL OR last_wave >= first_wave)
);
CREATE INDEX amendment_by_scheme ON programme.amendment (scheme, name, effective_from);
