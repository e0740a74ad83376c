-- disbursement: incentives to people, in batches, with the bank's answer for each.
CREATE SCHEMA disbursement;

-- Where a person's incentives go: one account at a time. The number is sealed; its index finds it again.
CREATE TABLE disbursement.payout_account (
    person_id bigint PRIMARY KEY REFERENCES people.person,
    provider text NOT NULL,
    number_sealed bytea NOT NULL,
    number_index bytea NOT NULL CONSTRAINT payout_account_not_shared UNIQUE,
    linked_at timestamptz NOT NULL,
    -- when the person's incentives were scheduled; NULL while the conditions are not all met
    scheduled_at timestamptz
);
CREATE INDEX payout_account_waiting ON disbursement.payout_account (person_id) WHERE scheduled_at IS NULL;

-- One payment promised to one person. Nothing is promised to people who have no account to be paid to.
CREATE TABLE disbursement.instruction (
    instruction_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- the bank knows the payment by it in every attempt, and pays it once
    public_id text NOT NULL CONSTRAINT instruction_public_id_once UNIQUE,
    person_id bigint NOT NULL REFERENCES disbursement.payout_account,
    wave_id bigint NOT NULL REFERENCES programme.wave,
    purchase_id bigint NOT NULL REFERENCES purchase.purchase (purchase_id),
    kind text NOT NULL CHECK (kind IN ('incentive')),
    number int NOT NULL CHECK (number > 0),
    out_of int NOT NULL CHECK (out_of >= number),
    amount_idr bigint NOT NULL CHECK (amount_idr > 0),
    -- the date promised; it never moves
    due_at timestamptz NOT NULL,
    next_attempt_at timestamptz NOT NULL,
    state text NOT NULL DEFAULT 'scheduled' CHECK (state IN ('scheduled', 'sent', 'paid', 'failed', 'cancelled')),
    -- why the last attempt failed; gone once it is paid
    failure text,
    cancel_reason text,
    attempts int NOT NULL DEFAULT 0,
    -- attempts in a row that met a provider's fault: they are repeated by themselves, but not for ever
    faults int NOT NULL DEFAULT 0,
    decided_at timestamptz,
    CONSTRAINT paid_once UNIQUE (person_id, kind, number),
    CONSTRAINT failed_has_reason CHECK (state <> 'failed' OR failure IS NOT NULL),
    CONSTRAINT paid_has_no_failure CHECK (state <> 'paid' OR failure IS NULL),
    CONSTRAINT cancelled_has_reason CHECK ((state = 'cancelled') = (cancel_reason IS NOT NULL)),
    CONSTRAINT over_has_moment CHECK (state NOT IN ('paid', 'failed', 'cancelled') OR decided_at IS NOT NULL)
);
CREATE INDEX instruction_due ON disbursement.instruction (wave_id, next_attempt_at, instruction_id) INCLUDE (amount_idr)
    WHERE state = 'scheduled';
CREATE INDEX instruction_failed ON disbursement.instruction (instruction_id) INCLUDE (amount_idr)
    WHERE state = 'failed';
CREATE INDEX instruction_cancelled ON disbursement.instruction (instruction_id) INCLUDE (amount_idr)
    WHERE state = 'cancelled';

-- One file to the bank, out of one wave's budget, with all that is needed to write the equal file again.
CREATE TABLE disbursement.batch (
    batch_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    message_id text NOT NULL CONSTRAINT batch_message_once UNIQUE,
    wave_id bigint NOT NULL REFERENCES programme.wave,
    created_at timestamptz NOT NULL,
    debtor_name text NOT NULL,
    debtor_account text NOT NULL,
    lines int NOT NULL CHECK (lines > 0),
    total_idr bigint NOT NULL CHECK (total_idr > 0),
    paid_lines int NOT NULL DEFAULT 0,
    paid_idr bigint NOT NULL DEFAULT 0,
    failed_lines int NOT NULL DEFAULT 0,
    failed_idr bigint NOT NULL DEFAULT 0,
    -- when the bank last said something about it, and when it had spoken about every line
    heard_at timestamptz,
    answered_at timestamptz,
    CONSTRAINT answered_when_all_decided CHECK ((answered_at IS NOT NULL) = (paid_lines + failed_lines = lines)),
    CONSTRAINT decided_lines_add_up CHECK (
        paid_lines + failed_lines <= lines AND paid_idr + failed_idr <= total_idr
        AND (answered_at IS NULL OR paid_idr + failed_idr = total_idr))
);
CREATE INDEX batch_open ON disbursement.batch (heard_at NULLS FIRST, batch_id) WHERE answered_at IS NULL;

-- One attempt to pay one instruction: what was written into the file, and what the bank answered.
CREATE TABLE disbursement.batch_line (
    batch_id bigint NOT NULL REFERENCES disbursement.batch,
    position int NOT NULL CHECK (position > 0),
    instruction_id bigint NOT NULL REFERENCES disbursement.instruction,
    attempt int NOT NULL CHECK (attempt > 0),
    amount_idr bigint NOT NULL CHECK (amount_idr > 0),
    provider text NOT NULL,
    number_sealed bytea NOT NULL,
    number_index bytea NOT NULL,
    holder_name text NOT NULL,
    purpose text NOT NULL,
    outcome text CHECK (outcome IN ('paid', 'failed')),
    failure text,
    decided_at timestamptz,
    PRIMARY KEY (batch_id, position),
    CONSTRAINT attempted_once UNIQUE (instruction_id, attempt),
    CONSTRAINT outcome_whole CHECK (num_nulls(outcome, decided_at) IN (0, 2)),
    CONSTRAINT line_failed_has_reason CHECK ((outcome IS NOT DISTINCT FROM 'failed') = (failure IS NOT NULL))
);
-- the bank holds at most one unanswered attempt of an instruction
CREATE UNIQUE INDEX one_open_attempt ON disbursement.batch_line (instruction_id) WHERE outcome IS NULL;
-- an account that has received a person's incentive stays that person's
CREATE INDEX batch_line_paid_to ON disbursement.batch_line (number_index) WHERE outcome = 'paid';
