-- purchase: free courses, and purchases cancelled by the programme office after the class had begun.
ALTER TABLE purchase.intent
    DROP CONSTRAINT intent_amount_idr_check,
    ADD CONSTRAINT intent_amount_not_negative CHECK (amount_idr >= 0) NOT VALID;
ALTER TABLE purchase.purchase
    DROP CONSTRAINT purchase_amount_idr_check,
    ADD CONSTRAINT purchase_amount_not_negative CHECK (amount_idr >= 0) NOT VALID,
    ADD COLUMN cancellation_id bigint,
    DROP CONSTRAINT redeemed_or_voided,
    ADD CONSTRAINT redeemed_or_voided CHECK (num_nonnulls(voided_at, redeemed_at) < 2 OR cancellation_id IS NOT NULL)
        NOT VALID;

-- Every purchase of a class, a course or an institution taken back by the office: planned by one person, confirmed by
-- another, run in chunks. The hold that closes the sale is placed in the transaction that confirms.
CREATE TABLE purchase.cancellation (
    cancellation_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    cancellation_code text NOT NULL CONSTRAINT cancellation_code_once UNIQUE,
    scope text NOT NULL CHECK (scope IN ('institution', 'course', 'schedule')),
    target_code text NOT NULL,
    target_name text NOT NULL,
    reason_code text NOT NULL,
    legal_basis text NOT NULL CHECK (legal_basis <> ''),
    basis_version text NOT NULL,
    public_words text NOT NULL CHECK (public_words <> ''),
    public_words_en text NOT NULL,
    next_step text NOT NULL CHECK (next_step <> ''),
    next_step_en text NOT NULL,
    -- [{kind, reference, seen_on, note, price_idr}], see prakarsa/kernel/evidence.py
    evidence jsonb NOT NULL,
    proportionality text NOT NULL,
    notice_to text NOT NULL,
    closed_until_at timestamptz,
    review_at timestamptz,
    planned_by text NOT NULL,
    planned_at timestamptz NOT NULL,
    confirmed_by text,
    confirmed_at timestamptz,
    withdrawn_by text,
    withdrawn_at timestamptz,
    hold_id bigint REFERENCES hold.hold,
    -- what was counted: at planning, and once more at confirmation
    purchases bigint NOT NULL,
    people bigint NOT NULL,
    amount_idr bigint NOT NULL,
    classes bigint NOT NULL,
    attended bigint NOT NULL,
    completed bigint NOT NULL,
    -- what is done so far
    done_purchases bigint NOT NULL DEFAULT 0,
    done_idr bigint NOT NULL DEFAULT 0,
    finished_at timestamptz,
    CONSTRAINT cancellation_by_two CHECK (confirmed_by <> planned_by),
    CONSTRAINT cancellation_confirmed_whole CHECK (num_nulls(confirmed_by, confirmed_at, hold_id) IN (0, 3)),
    CONSTRAINT cancellation_withdrawn_whole CHECK (num_nulls(withdrawn_by, withdrawn_at) IN (0, 2)),
    CONSTRAINT cancellation_confirmed_or_withdrawn CHECK (num_nonnulls(confirmed_at, withdrawn_at) < 2),
    CONSTRAINT only_confirmed_cancels CHECK (confirmed_at IS NOT NULL OR (done_purchases = 0 AND finished_at IS NULL))
);
ALTER TABLE purchase.purchase
    ADD CONSTRAINT purchase_cancelled_by FOREIGN KEY (cancellation_id) REFERENCES purchase.cancellation NOT VALID,
    ADD CONSTRAINT cancelled_is_voided CHECK (cancellation_id IS NULL OR voided_at IS NOT NULL) NOT VALID;

-- whom a hold has turned away: the refusals of one hold, without reading those of all
CREATE INDEX refused_by_hold ON purchase.refused_attempt (hold_id, card_id) WHERE hold_id IS NOT NULL;

-- How often a platform has asked why a card cannot buy: asking is limited, as one-time codes are.
CREATE TABLE purchase.explained (
    card_id bigint NOT NULL REFERENCES card.card,
    platform_id bigint NOT NULL REFERENCES partner.partner,
    since_at timestamptz NOT NULL,
    times int NOT NULL CHECK (times > 0),
    PRIMARY KEY (card_id, platform_id)
);
