-- programme: schemes, dated policy, waves.
CREATE SCHEMA programme;

CREATE TABLE programme.scheme (
    scheme text PRIMARY KEY,
    title text NOT NULL,
    source_file text NOT NULL,
    loaded_at timestamptz NOT NULL
);

-- One dated row per parameter and cohort (wave range). NULL bounds are open.
CREATE TABLE programme.parameter (
    parameter_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    scheme text NOT NULL REFERENCES programme.scheme,
    name text NOT NULL,
    value jsonb NOT NULL,
    first_wave int NOT NULL DEFAULT 1,
    last_wave int,
    effective_from date NOT NULL,
    effective_to date,
    legal_basis text NOT NULL,
    source text NOT NULL,
    CONSTRAINT parameter_range CHECK (effective_to IS NULL OR effective_to > effective_from),
    CONSTRAINT parameter_cohort CHECK (last_wave IS NULL OR last_wave >= first_wave),
    CONSTRAINT parameter_once UNIQUE (scheme, name, first_wave, effective_from)
);

CREATE TABLE programme.wave (
    wave_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number int NOT NULL CONSTRAINT wave_number_once UNIQUE CHECK (number > 0),
    scheme text NOT NULL REFERENCES programme.scheme,
    opens_at timestamptz NOT NULL,
    closes_at timestamptz NOT NULL,
    quota int NOT NULL CHECK (quota > 0),
    -- seats per province code; empty when the quota is national
    region_quota jsonb NOT NULL DEFAULT '{}',
    budget_year int NOT NULL,
    budget_account_id bigint NOT NULL REFERENCES ledger.account,
    CONSTRAINT wave_opens_before_it_closes CHECK (opens_at < closes_at)
);
