-- ledger: accounts and transfers; the only room that changes a balance. All amounts are whole rupiah.
CREATE SCHEMA ledger;

CREATE TABLE ledger.account (
    account_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL,
    owner text NOT NULL,
    -- the state's own account is where money comes from: it alone may stand below zero
    may_overdraw boolean NOT NULL DEFAULT false,
    balance_idr bigint NOT NULL DEFAULT 0,
    CONSTRAINT account_named_once UNIQUE (kind, owner),
    CONSTRAINT account_never_overdrawn CHECK (may_overdraw OR balance_idr >= 0)
);

-- The atom: one positive amount from one account to another. It cannot be unbalanced.
CREATE TABLE ledger.transfer (
    transfer_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL,
    reason text NOT NULL,
    reference text NOT NULL,
    from_account_id bigint NOT NULL REFERENCES ledger.account,
    to_account_id bigint NOT NULL REFERENCES ledger.account,
    amount_idr bigint NOT NULL CONSTRAINT transfer_moves_something CHECK (amount_idr > 0),
    CONSTRAINT transfer_goes_elsewhere CHECK (from_account_id <> to_account_id),
    CONSTRAINT transfer_posted_once UNIQUE (reason, reference, from_account_id, to_account_id)
);
CREATE INDEX transfer_from ON ledger.transfer (from_account_id, transfer_id);
CREATE INDEX transfer_to ON ledger.transfer (to_account_id, transfer_id);
CREATE TRIGGER transfer_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.transfer
    FOR EACH STATEMENT EXECUTE FUNCTION journal.refuse_change();
