-- journal: who did what when; messages to send after commit.
CREATE SCHEMA journal;

-- One row per state change. Rows are never changed: a trigger refuses, and the seals would show it.
CREATE TABLE journal.entry (
    entry_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    person_id bigint,
    facts jsonb NOT NULL DEFAULT '{}',
    -- the writing transaction: entries may only be sealed when no older transaction can still add one
    transaction_id xid8 NOT NULL DEFAULT pg_current_xact_id()
);
CREATE INDEX entry_by_person ON journal.entry (person_id, entry_id) WHERE person_id IS NOT NULL;
CREATE INDEX entry_by_subject ON journal.entry (subject, entry_id);
CREATE INDEX entry_by_transaction ON journal.entry (transaction_id, entry_id);

-- The hash chain over entries, gapless in seal_no.
CREATE TABLE journal.seal (
    seal_no bigint PRIMARY KEY,
    entry_id bigint NOT NULL CONSTRAINT entry_sealed_once UNIQUE,
    transaction_id xid8 NOT NULL,
    digest bytea NOT NULL
);

CREATE FUNCTION journal.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% rows are never changed or removed', TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME;
END $$;
CREATE TRIGGER entry_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON journal.entry
    FOR EACH STATEMENT EXECUTE FUNCTION journal.refuse_change();
CREATE TRIGGER seal_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON journal.seal
    FOR EACH STATEMENT EXECUTE FUNCTION journal.refuse_change();

-- Messages leave after commit. Recipient and words are sealed; the words are dropped once sent.
CREATE TABLE journal.message (
    message_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id bigint,
    channel text NOT NULL CHECK (channel IN ('sms', 'email')),
    template text NOT NULL,
    language text NOT NULL,
    recipient_sealed bytea NOT NULL,
    params_sealed bytea,
    priority smallint NOT NULL DEFAULT 5,
    created_at timestamptz NOT NULL,
    state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sent', 'failed')),
    attempts int NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL,
    sent_at timestamptz,
    error text
);
CREATE INDEX message_queued ON journal.message (priority, message_id) WHERE state = 'queued';
CREATE INDEX message_by_person ON journal.message (person_id, message_id) WHERE person_id IS NOT NULL;

CREATE FUNCTION journal.announce_messages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('prakarsa_messages', '');
    RETURN NULL;
END $$;
CREATE TRIGGER message_waits AFTER INSERT ON journal.message
    FOR EACH STATEMENT EXECUTE FUNCTION journal.announce_messages();
