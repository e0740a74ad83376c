-- complaint: questions and appeals: who owns it, how old it is, how it ended.
CREATE SCHEMA complaint;

CREATE TABLE complaint.complaint (
    complaint_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number text NOT NULL CONSTRAINT complaint_number_once UNIQUE,
    person_id bigint NOT NULL REFERENCES people.person,
    category text NOT NULL,
    owner text NOT NULL CHECK (owner IN ('pmo', 'platform', 'institution', 'payment_provider', 'registry')),
    words_sealed bytea NOT NULL,
    opened_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    answer_sealed bytea,
    answered_by text,
    answered_at timestamptz,
    CONSTRAINT answered_whole CHECK (num_nulls(answer_sealed, answered_by, answered_at) IN (0, 3))
);
CREATE INDEX complaint_by_person ON complaint.complaint (person_id, complaint_id);
-- ids grow with age, so this is also the order of age
CREATE INDEX complaint_open ON complaint.complaint (owner, complaint_id) WHERE answered_at IS NULL;
