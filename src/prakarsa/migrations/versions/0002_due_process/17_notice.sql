-- notice: what those affected and the public are told; what probes met outside.
CREATE SCHEMA notice;

-- One announcement: of a hold (placed, reviewed, over), or in words of the office. A draft has no sent_at.
CREATE TABLE notice.notice (
    notice_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    notice_code text NOT NULL CONSTRAINT notice_code_once UNIQUE,
    kind text NOT NULL CHECK (kind IN ('hold_placed', 'hold_reviewed', 'hold_over', 'office')),
    hold_id bigint REFERENCES hold.hold,
    review_id bigint REFERENCES hold.review,
    -- words of the office: to whom, and in two languages
    audience text CHECK (audience IN
        ('wave', 'course', 'institution', 'schedule', 'partners', 'platforms', 'institutions')),
    audience_code text,
    title text NOT NULL DEFAULT '',
    title_en text NOT NULL DEFAULT '',
    words text NOT NULL DEFAULT '',
    words_en text NOT NULL DEFAULT '',
    urgent boolean NOT NULL DEFAULT false,
    written_by text NOT NULL,
    written_at timestamptz NOT NULL,
    sent_by text,
    sent_at timestamptz,
    discarded_at timestamptz,
    -- how far the running sweep over those concerned has come, in their order; when the last one came to its end
    reached_id bigint NOT NULL DEFAULT 0,
    swept_at timestamptz,
    -- when the last recipients were added
    told_at timestamptz,
    -- from now on nobody is added
    closed_at timestamptz,
    -- deliveries as a worker last counted them
    people bigint NOT NULL DEFAULT 0,
    partners bigint NOT NULL DEFAULT 0,
    queued bigint NOT NULL DEFAULT 0,
    sent bigint NOT NULL DEFAULT 0,
    failed bigint NOT NULL DEFAULT 0,
    without_address bigint NOT NULL DEFAULT 0,
    counted_at timestamptz,
    -- everything has arrived or failed for good: no need to count again
    settled_at timestamptz,
    CONSTRAINT about_a_hold_or_by_the_office CHECK ((kind = 'office') = (hold_id IS NULL)),
    CONSTRAINT review_has_its_review CHECK ((kind = 'hold_reviewed') = (review_id IS NOT NULL)),
    CONSTRAINT office_has_words CHECK (
        kind <> 'office'
        OR (audience IS NOT NULL AND title <> '' AND title_en <> '' AND words <> '' AND words_en <> '')),
    CONSTRAINT notice_sent_whole CHECK (num_nulls(sent_by, sent_at) IN (0, 2)),
    CONSTRAINT sent_or_discarded CHECK (num_nonnulls(sent_at, discarded_at) < 2)
);
CREATE UNIQUE INDEX hold_announced_once ON notice.notice (hold_id, kind, coalesce(review_id, 0))
    WHERE hold_id IS NOT NULL;
CREATE INDEX notice_open ON notice.notice (notice_id) WHERE sent_at IS NOT NULL AND closed_at IS NULL;
CREATE INDEX notice_unsettled ON notice.notice (notice_id) WHERE sent_at IS NOT NULL AND settled_at IS NULL;

-- Who was told: each once per notice. The message's own row says whether it has left.
CREATE TABLE notice.recipient (
    notice_id bigint NOT NULL REFERENCES notice.notice,
    person_id bigint REFERENCES people.person,
    partner_id bigint REFERENCES partner.partner,
    -- the row of journal.message; none where nobody has given an address
    message_id bigint,
    CONSTRAINT recipient_is_one CHECK (num_nonnulls(person_id, partner_id) = 1)
);
CREATE UNIQUE INDEX person_told_once ON notice.recipient (notice_id, person_id) WHERE person_id IS NOT NULL;
CREATE UNIQUE INDEX partner_told_once ON notice.recipient (notice_id, partner_id) WHERE partner_id IS NOT NULL;

-- How many a hold in force concerns, as a worker last counted them.
CREATE TABLE notice.reach (
    hold_id bigint PRIMARY KEY REFERENCES hold.hold,
    -- cards whose clock stands still, people who cannot take part, or people whose payment waits
    people bigint NOT NULL,
    courses bigint NOT NULL,
    platforms bigint NOT NULL,
    counted_at timestamptz NOT NULL
);

-- One walk of a probe along one platform's path, kept for seven days.
CREATE TABLE notice.probe (
    probe_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    platform_id bigint NOT NULL REFERENCES partner.partner,
    at timestamptz NOT NULL,
    -- what the public catalogue said of the class; nothing: it named none, or could not be read
    said text NOT NULL CHECK (said IN ('on_sale', 'not_on_sale', 'nothing')),
    course_code text,
    schedule_code text,
    said_refusal text,
    -- what the platform's own path answered
    outcome text NOT NULL CHECK (outcome IN ('could', 'refused', 'failed', 'not_tried')),
    refusal_code text,
    -- why there was no usable answer, see prakarsa/notice/probe_model.py
    problem text,
    http_status int,
    latency_ms int,
    mismatch boolean NOT NULL
);
CREATE INDEX probe_by_platform ON notice.probe (platform_id, probe_id);
CREATE INDEX probe_by_age ON notice.probe (at);

-- The walks of one hour along one platform's path.
CREATE TABLE notice.probe_hour (
    platform_id bigint NOT NULL REFERENCES partner.partner,
    hour_at timestamptz NOT NULL,
    -- minutes in which something was said to be on sale, and those of them in which it could be bought
    minutes_said int NOT NULL,
    minutes_could int NOT NULL,
    walks int NOT NULL,
    mismatches int NOT NULL,
    slowest_ms int,
    PRIMARY KEY (platform_id, hour_at)
);

-- What was said to be on sale could not be bought several times in a row.
CREATE TABLE notice.alarm (
    alarm_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    platform_id bigint NOT NULL REFERENCES partner.partner,
    raised_at timestamptz NOT NULL,
    course_code text,
    refusal_code text,
    problem text,
    over_at timestamptz
);
CREATE UNIQUE INDEX one_alarm_per_platform ON notice.alarm (platform_id) WHERE over_at IS NULL;
CREATE INDEX alarm_by_age ON notice.alarm (over_at);
