-- hold: every scope and capability, two people, evidence, answers, reviews and appeals.
ALTER TABLE hold.hold
    DROP CONSTRAINT hold_scope_check,
    DROP CONSTRAINT hold_capability_check,
    ADD CONSTRAINT hold_scope_known CHECK (scope IN
        ('programme', 'platform', 'institution', 'course', 'schedule', 'card', 'person')),
    ADD CONSTRAINT hold_capability_known CHECK (capability IN ('selling', 'redeeming', 'payout')),
    -- as of which day the legal basis was read
    ADD COLUMN basis_version text NOT NULL DEFAULT '',
    ADD COLUMN public_words_en text NOT NULL DEFAULT '',
    -- [{kind, reference, seen_on, note, price_idr}], see prakarsa/kernel/evidence.py
    ADD COLUMN evidence jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN proportionality text NOT NULL DEFAULT '',
    -- until when the one it hits may answer
    ADD COLUMN answer_by_at timestamptz,
    ADD COLUMN second_person text,
    -- whom it hits and who may answer and appeal: client code of a partner, or person/<id>; empty for the programme
    ADD COLUMN party text NOT NULL DEFAULT '',
    -- whether the rules of the day asked for two people
    ADD COLUMN four_eyes boolean NOT NULL DEFAULT false,
    ADD CONSTRAINT hold_four_eyes_kept CHECK (second_person IS NOT NULL OR NOT four_eyes),
    ADD CONSTRAINT hold_by_two CHECK (second_person <> placed_by),
    -- when it ends or ended: lifted, at its end, or at a review that did not take place
    ADD COLUMN over_at timestamptz GENERATED ALWAYS AS (least(lifted_at, coalesce(ends_at, review_at))) STORED;

-- There are few holds on things and may be as many on people as there are people: each kind is found by its own index.
CREATE INDEX hold_public_standing ON hold.hold (over_at) WHERE scope NOT IN ('card', 'person');
CREATE INDEX hold_public_newest ON hold.hold (placed_at) WHERE scope NOT IN ('card', 'person');
CREATE INDEX hold_private_newest ON hold.hold (hold_id) WHERE scope IN ('card', 'person');
CREATE INDEX hold_private_standing ON hold.hold (over_at, starts_at, scope, capability)
 WHERE scope IN ('card', 'person');

-- A hold that waits for a second person. Not a hold yet: nothing is refused because of it.
CREATE TABLE hold.proposal (
    proposal_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    proposal_code text NOT NULL CONSTRAINT proposal_code_once UNIQUE,
    -- the hold as proposed, in the words of hold.model.NewHold
    wanted jsonb NOT NULL,
    proposed_by text NOT NULL,
    proposed_at timestamptz NOT NULL,
    decided_by text,
    decided_at timestamptz,
    reject_reason text,
    -- of a confirmed one
    hold_id bigint REFERENCES hold.hold,
    CONSTRAINT proposal_decided_whole CHECK (num_nulls(decided_by, decided_at) IN (0, 2)),
    CONSTRAINT proposal_decided_one_way
        CHECK (num_nonnulls(hold_id, reject_reason) = CASE WHEN decided_at IS NULL THEN 0 ELSE 1 END),
    CONSTRAINT proposal_by_two CHECK (hold_id IS NULL OR decided_by <> proposed_by)
);

CREATE INDEX proposal_waiting ON hold.proposal (proposal_id) WHERE decided_at IS NULL;
CREATE UNIQUE INDEX proposal_of_hold ON hold.proposal (hold_id);

-- A review that took place and what it promised.
CREATE TABLE hold.review (
    review_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    hold_id bigint NOT NULL REFERENCES hold.hold,
    reviewed_at timestamptz NOT NULL,
    reviewed_by text NOT NULL,
    words text NOT NULL CHECK (words <> ''),
    was_review_at timestamptz,
    next_review_at timestamptz NOT NULL
);
CREATE INDEX review_by_hold ON hold.review (hold_id, review_id);

-- What those it hits say: an answer within the time to answer, or an appeal with its own clock.
CREATE TABLE hold.statement (
    statement_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    statement_code text NOT NULL CONSTRAINT statement_code_once UNIQUE,
    hold_id bigint NOT NULL REFERENCES hold.hold,
    kind text NOT NULL CHECK (kind IN ('answer', 'appeal')),
    -- client code of a partner, or person/<id>
    party text NOT NULL,
    words text NOT NULL CHECK (words <> ''),
    evidence jsonb NOT NULL DEFAULT '[]',
    made_at timestamptz NOT NULL,
    -- by when an appeal is decided; the office's silence is shown to everybody
    due_at timestamptz,
    outcome text CHECK (outcome IN ('upheld', 'dismissed')),
    decision_words text,
    decided_by text,
    decided_at timestamptz,
    CONSTRAINT appeal_has_clock CHECK ((kind = 'appeal') = (due_at IS NOT NULL)),
    CONSTRAINT statement_decided_whole CHECK (num_nulls(outcome, decision_words, decided_by, decided_at) IN (0, 4))
);
CREATE UNIQUE INDEX appeal_open_once ON hold.statement (hold_id, party) WHERE kind = 'appeal' AND decided_at IS NULL;
CREATE INDEX statement_by_hold ON hold.statement (hold_id, statement_id);
CREATE INDEX appeal_open ON hold.statement (due_at) WHERE kind = 'appeal' AND decided_at IS NULL;
