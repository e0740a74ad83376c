-- rehearsal: what a change of rules would do, what partners still owe, where each course stands, changes of many at once.
CREATE SCHEMA rehearsal;

-- A dry run that was kept: what was read, under which terms, and what it showed. It changes nothing by itself.
CREATE TABLE rehearsal.dry_run (
    dry_run_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_code text NOT NULL CONSTRAINT run_code_once UNIQUE,
    scheme text NOT NULL,
    title text NOT NULL,
    -- the change as proposed in the programme room; none for a file nobody has proposed yet
    change_code text,
    file_digest text NOT NULL,
    wave_number int NOT NULL,
    waves int[] NOT NULL,
    effective_on date NOT NULL,
    terms_before jsonb NOT NULL,
    terms_after jsonb NOT NULL,
    summary jsonb NOT NULL,
    ran_by text NOT NULL,
    ran_at timestamptz NOT NULL,
    -- gap lists are made partner by partner; this is the last one looked at, so that a stopped round goes on
    gaps_due_at timestamptz,
    gaps_by text,
    gaps_through_partner_id bigint NOT NULL DEFAULT 0,
    gaps_made_at timestamptz,
    CONSTRAINT gaps_begun_whole CHECK (num_nulls(gaps_due_at, gaps_by) IN (0, 2))
);
CREATE INDEX dry_run_by_change ON rehearsal.dry_run (change_code) WHERE change_code IS NOT NULL;

-- What one partner still has to show, and by when.
CREATE TABLE rehearsal.gap_list (
    gap_list_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    list_code text NOT NULL CONSTRAINT list_code_once UNIQUE,
    dry_run_id bigint NOT NULL REFERENCES rehearsal.dry_run,
    partner_id bigint NOT NULL REFERENCES partner.partner,
    due_at timestamptz NOT NULL,
    made_at timestamptz NOT NULL,
    -- mailed with a link to the partner's desk; none when the partner named nobody to write to
    told_at timestamptz,
    CONSTRAINT one_list_per_partner UNIQUE (dry_run_id, partner_id)
);
CREATE INDEX gap_list_by_partner ON rehearsal.gap_list (partner_id, gap_list_id);

-- One condition that one thing misses. `bit` is its bit in catalogue.course.misses, 0 when it does not stand there.
CREATE TABLE rehearsal.gap_item (
    gap_item_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    item_code text NOT NULL CONSTRAINT item_code_once UNIQUE,
    gap_list_id bigint NOT NULL REFERENCES rehearsal.gap_list,
    thing text NOT NULL CHECK (thing IN ('course', 'institution', 'platform')),
    thing_id bigint NOT NULL,
    thing_code text NOT NULL,
    thing_name text NOT NULL,
    condition text NOT NULL,
    bit int NOT NULL,
    refusal_code text NOT NULL,
    facts jsonb NOT NULL,
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'answered', 'rejected', 'accepted', 'met', 'dropped')),
    closed_at timestamptz,
    CONSTRAINT gap_asked_once UNIQUE (gap_list_id, thing, thing_id, condition),
    CONSTRAINT gap_closed_whole CHECK ((state IN ('accepted', 'met', 'dropped')) = (closed_at IS NOT NULL))
);
CREATE INDEX gap_item_by_list ON rehearsal.gap_item (gap_list_id, gap_item_id);
CREATE INDEX gap_item_open ON rehearsal.gap_item (gap_item_id) WHERE closed_at IS NULL;
CREATE INDEX gap_item_answered ON rehearsal.gap_item (gap_item_id) WHERE state = 'answered';

-- What a partner says to one item, and what a curator decides about it. A rejected item may be answered again.
CREATE TABLE rehearsal.gap_answer (
    gap_answer_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    gap_item_id bigint NOT NULL REFERENCES rehearsal.gap_item,
    words text NOT NULL CHECK (words <> ''),
    evidence jsonb NOT NULL,
    answered_at timestamptz NOT NULL,
    outcome text CHECK (outcome IN ('accepted', 'rejected')),
    decision_words text,
    decided_by text,
    decided_at timestamptz,
    CONSTRAINT gap_decided_whole CHECK (num_nulls(outcome, decision_words, decided_by, decided_at) IN (0, 4))
);
CREATE INDEX gap_answer_by_item ON rehearsal.gap_answer (gap_item_id, gap_answer_id);
CREATE UNIQUE INDEX one_open_answer ON rehearsal.gap_answer (gap_item_id) WHERE decided_at IS NULL;

-- Rule sets that courses are held to: those in force for some wave, and those of approved changes to come.
CREATE TABLE rehearsal.rule_set (
    rule_set text PRIMARY KEY,
    demanded int NOT NULL,
    modes text[] NOT NULL,
    block_affiliated boolean NOT NULL,
    allow_affiliated_free boolean NOT NULL,
    waves int[] NOT NULL,
    in_force boolean NOT NULL,
    begins_on date,
    change_code text,
    first_seen_at timestamptz NOT NULL,
    -- the round walks the courses by id; this is the last one it recorded under this rule set
    recorded_through bigint NOT NULL DEFAULT 0
);

-- Where each course stands under each rule set, as last recorded. What decides a sale is catalogue.course.misses itself.
CREATE TABLE rehearsal.standing (
    course_id bigint NOT NULL REFERENCES catalogue.course,
    rule_set text NOT NULL REFERENCES rehearsal.rule_set,
    missed int NOT NULL,
    in_force boolean NOT NULL,
    since timestamptz NOT NULL,
    -- the institution has not been told of the last change yet
    untold text CHECK (untold IN ('left', 'returned', 'will_leave', 'will_stay')),
    PRIMARY KEY (course_id, rule_set)
);
CREATE INDEX standing_untold ON rehearsal.standing (course_id) WHERE untold IS NOT NULL;
CREATE INDEX standing_by_rule_set ON rehearsal.standing (rule_set, course_id) WHERE missed <> 0;

-- A change of many things at once: planned, looked at, confirmed by a second person, run in chunks, undone if need be.
CREATE TABLE rehearsal.mass_action (
    mass_action_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    action_code text NOT NULL CONSTRAINT action_code_once UNIQUE,
    kind text NOT NULL CHECK (kind IN ('unlist', 'hold')),
    -- which courses, in the words of rehearsal.model.Selection
    selection jsonb NOT NULL,
    reason text NOT NULL CHECK (reason <> ''),
    -- for holds: everything due process asks for, in the words of hold.model.NewHold
    hold jsonb,
    planned_by text NOT NULL,
    planned_at timestamptz NOT NULL,
    confirmed_by text,
    confirmed_at timestamptz,
    withdrawn_by text,
    withdrawn_at timestamptz,
    undone_by text,
    undo_reason text,
    undone_at timestamptz,
    CONSTRAINT mass_hold_has_process CHECK ((kind = 'hold') = (hold IS NOT NULL)),
    CONSTRAINT mass_confirmed_whole CHECK (num_nulls(confirmed_by, confirmed_at) IN (0, 2)),
    CONSTRAINT mass_by_two CHECK (confirmed_by <> planned_by),
    CONSTRAINT mass_withdrawn_whole CHECK (num_nulls(withdrawn_by, withdrawn_at) IN (0, 2)),
    CONSTRAINT mass_confirmed_or_withdrawn CHECK (num_nonnulls(confirmed_at, withdrawn_at) < 2),
    CONSTRAINT mass_undone_whole CHECK (num_nulls(undone_by, undo_reason, undone_at) IN (0, 3)),
    CONSTRAINT only_confirmed_is_undone CHECK (undone_at IS NULL OR confirmed_at IS NOT NULL)
);

-- One thing of a mass action. `changed_at` and `hold_code` say what the action itself did, so that undoing it touches
-- nothing that somebody else has changed since.
CREATE TABLE rehearsal.mass_item (
    mass_action_id bigint NOT NULL REFERENCES rehearsal.mass_action,
    place int NOT NULL,
    course_id bigint NOT NULL REFERENCES catalogue.course,
    -- whose listing; 0 where the course itself is meant
    platform_id bigint NOT NULL DEFAULT 0,
    state text NOT NULL DEFAULT 'planned'
        CHECK (state IN ('planned', 'done', 'skipped', 'undone', 'kept')),
    note text NOT NULL DEFAULT '',
    changed_at timestamptz,
    hold_code text,
    PRIMARY KEY (mass_action_id, place),
    CONSTRAINT mass_item_once UNIQUE (mass_action_id, course_id, platform_id),
    CONSTRAINT mass_done_has_moment CHECK (state IN ('planned', 'skipped') OR changed_at IS NOT NULL)
);
CREATE INDEX mass_item_waiting ON rehearsal.mass_item (mass_action_id, place) WHERE state IN ('planned', 'done');
