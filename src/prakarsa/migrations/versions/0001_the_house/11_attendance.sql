-- attendance: redeem codes, meetings, identity checks: who really took part.
CREATE SCHEMA attendance;

CREATE TABLE attendance.attended (
    card_id bigint NOT NULL REFERENCES card.card,
    purchase_id bigint NOT NULL REFERENCES purchase.purchase (purchase_id),
    sequence int NOT NULL CHECK (sequence BETWEEN 1 AND 10 OR sequence = 999),
    attended_at timestamptz NOT NULL,
    proof text NOT NULL CHECK (proof IN ('identity_check', 'code_only')),
    CONSTRAINT attended_once PRIMARY KEY (card_id, purchase_id, sequence)
);
CREATE INDEX attended_by_purchase ON attendance.attended (purchase_id);

-- How many meetings a class has: as its schedule says, or, when no meeting has a set moment, as its course says.
CREATE VIEW attendance.class AS
SELECT schedule.schedule_id, coalesce(scheduled.meetings, course.meetings) AS meetings
  FROM catalogue.schedule
  JOIN catalogue.course USING (course_id)
 CROSS JOIN LATERAL (SELECT max(sequence) AS meetings
                       FROM catalogue.meeting
                      WHERE meeting.schedule_id = schedule.schedule_id
                        AND sequence <> 999) AS scheduled;

-- Purchases whose first meeting and post-test are attended: whether that is enough for a certificate is to be decided.
-- Whoever decides takes the row away; the next meeting attended puts it back.
CREATE TABLE attendance.finished (
    purchase_id bigint PRIMARY KEY REFERENCES purchase.purchase (purchase_id),
    finished_at timestamptz NOT NULL
);

-- One identity check for one meeting: opened by the institution, walked by the person, decided by the provider.
CREATE TABLE attendance.verification (
    verification_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    state_digest bytea NOT NULL CONSTRAINT verification_state_once UNIQUE,
    -- exactly one of: a purchase, or a test code
    purchase_id bigint REFERENCES purchase.purchase (purchase_id),
    test_code text,
    sequence int NOT NULL,
    redirect_uri text NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    consented_at timestamptz,
    -- the provider's name for the check; a new consent begins a new check
    check_id text CONSTRAINT check_once UNIQUE,
    outcome text CHECK (outcome IN ('match', 'no_match')),
    decided_at timestamptz,
    CONSTRAINT verification_of_one CHECK (num_nonnulls(purchase_id, test_code) = 1),
    CONSTRAINT consent_begins_check CHECK (num_nulls(consented_at, check_id) IN (0, 2)),
    CONSTRAINT decided_whole CHECK (num_nulls(outcome, decided_at) IN (0, 2)),
    CONSTRAINT decided_after_consent CHECK (outcome IS NULL OR consented_at IS NOT NULL)
);
CREATE INDEX verification_by_purchase ON attendance.verification (purchase_id);

-- The account at the institution's own learning site: one address per course, reusable for another course.
CREATE TABLE attendance.learning_account (
    course_id bigint NOT NULL REFERENCES catalogue.course,
    email_index bytea NOT NULL,
    purchase_id bigint NOT NULL REFERENCES purchase.purchase (purchase_id),
    CONSTRAINT learning_account_once PRIMARY KEY (course_id, email_index)
);

-- Codes an institution tests with: no card, no money, no person behind them.
CREATE TABLE attendance.test_code (
    redeem_code text PRIMARY KEY,
    institution_id bigint NOT NULL REFERENCES partner.partner,
    test_case text NOT NULL,
    issued_at timestamptz NOT NULL,
    -- moments by sequence
    attended jsonb NOT NULL,
    CONSTRAINT test_case_once UNIQUE (institution_id, test_case)
);
