-- people: applicants and staff. NIK, KK, phone and e-mail are sealed; blind indexes serve look-up and uniqueness.
CREATE SCHEMA people;

CREATE TABLE people.person (
    person_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    public_id text NOT NULL CONSTRAINT person_public_id_once UNIQUE,
    name text NOT NULL,
    birth_date date NOT NULL,
    sex text NOT NULL CHECK (sex IN ('female', 'male')),
    province_code text NOT NULL,
    education text NOT NULL,
    situation text NOT NULL,
    in_formal_education boolean NOT NULL,
    citizenship text NOT NULL,
    language text NOT NULL DEFAULT 'id' CHECK (language IN ('id', 'en')),
    nik_sealed bytea NOT NULL,
    nik_index bytea NOT NULL CONSTRAINT one_person_per_nik UNIQUE,
    kk_sealed bytea NOT NULL,
    kk_index bytea NOT NULL,
    phone_sealed bytea NOT NULL,
    phone_index bytea NOT NULL CONSTRAINT one_person_per_phone UNIQUE,
    email_sealed bytea NOT NULL,
    email_index bytea NOT NULL CONSTRAINT one_person_per_email UNIQUE,
    registered_at timestamptz NOT NULL
);
CREATE INDEX person_by_kk ON people.person (kk_index);

-- People who may not join again (programme-rules 10): kept by blind index of the NIK, for life.
CREATE TABLE people.barred (
    nik_index bytea PRIMARY KEY,
    reason text NOT NULL,
    barred_at timestamptz NOT NULL
);

CREATE TABLE people.staff (
    staff_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email text NOT NULL,
    name text NOT NULL,
    role text NOT NULL,
    password_hash text NOT NULL,
    totp_sealed bytea NOT NULL,
    last_totp_step bigint NOT NULL DEFAULT 0,
    failed_tries int NOT NULL DEFAULT 0,
    locked_until timestamptz,
    created_at timestamptz NOT NULL,
    left_at timestamptz
);
-- an address is free again when its owner has left
CREATE UNIQUE INDEX staff_email_once ON people.staff (email) WHERE left_at IS NULL;

-- One-time codes for signing in: a keyed digest, three tries, minutes to live.
CREATE TABLE people.sign_in_code (
    code_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    handle_digest bytea NOT NULL CONSTRAINT sign_in_handle_once UNIQUE,
    address_index bytea NOT NULL,
    -- NULL when nobody has the address: the page answers the same either way
    person_id bigint REFERENCES people.person,
    code_digest bytea NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    tries int NOT NULL DEFAULT 0,
    used_at timestamptz
);
CREATE INDEX sign_in_code_by_address ON people.sign_in_code (address_index, created_at);
CREATE INDEX sign_in_code_by_end ON people.sign_in_code (expires_at);

CREATE TABLE people.session (
    token_digest bytea PRIMARY KEY,
    person_id bigint REFERENCES people.person,
    staff_id bigint REFERENCES people.staff,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT session_of_one CHECK (num_nonnulls(person_id, staff_id) = 1)
);
CREATE INDEX session_by_end ON people.session (expires_at);
CREATE INDEX session_by_staff ON people.session (staff_id) WHERE staff_id IS NOT NULL;
