-- purchase: buying, cancelling, "why can't I buy?". The card leads every key, so the tables can be distributed by it.
CREATE SCHEMA purchase;

-- A checked wish to buy, waiting for its one-time code.
CREATE TABLE purchase.intent (
    card_id bigint NOT NULL REFERENCES card.card,
    intent_id bigint GENERATED ALWAYS AS IDENTITY,
    token_digest bytea NOT NULL CONSTRAINT intent_token_once UNIQUE,
    otp_digest bytea NOT NULL,
    platform_id bigint NOT NULL REFERENCES partner.partner,
    platform_user text NOT NULL,
    schedule_id bigint NOT NULL REFERENCES catalogue.schedule,
    amount_idr bigint NOT NULL CHECK (amount_idr > 0),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    tries int NOT NULL DEFAULT 0,
    PRIMARY KEY (card_id, intent_id)
);
CREATE INDEX intent_recent ON purchase.intent (card_id, created_at);

CREATE TABLE purchase.purchase (
    card_id bigint NOT NULL REFERENCES card.card,
    purchase_id bigint GENERATED ALWAYS AS IDENTITY,
    intent_id bigint NOT NULL,
    platform_id bigint NOT NULL REFERENCES partner.partner,
    institution_id bigint NOT NULL REFERENCES partner.partner,
    course_id bigint NOT NULL REFERENCES catalogue.course,
    schedule_id bigint NOT NULL REFERENCES catalogue.schedule,
    invoice_code text NOT NULL,
    invoice_url text NOT NULL,
    transaction_code text NOT NULL CONSTRAINT transaction_code_once UNIQUE,
    redeem_code text NOT NULL CONSTRAINT redeem_code_once UNIQUE,
    amount_idr bigint NOT NULL CHECK (amount_idr > 0),
    purchased_at timestamptz NOT NULL,
    voided_at timestamptz,
    redeemed_at timestamptz,
    completed_at timestamptz,
    rated_at timestamptz,
    PRIMARY KEY (card_id, purchase_id),
    CONSTRAINT purchase_id_once UNIQUE (purchase_id),
    CONSTRAINT invoice_once UNIQUE (platform_id, invoice_code),
    CONSTRAINT intent_spent_once UNIQUE (card_id, intent_id),
    CONSTRAINT redeemed_or_voided CHECK (num_nonnulls(voided_at, redeemed_at) < 2),
    CONSTRAINT completed_or_voided CHECK (num_nonnulls(voided_at, completed_at) < 2),
    CONSTRAINT rated_after_completion CHECK (rated_at IS NULL OR completed_at IS NOT NULL)
);
CREATE UNIQUE INDEX course_once_per_card ON purchase.purchase (card_id, course_id) WHERE voided_at IS NULL;
CREATE INDEX purchase_by_schedule ON purchase.purchase (schedule_id);

-- One card per platform account and one platform account per card.
CREATE TABLE purchase.platform_account (
    card_id bigint NOT NULL REFERENCES card.card,
    platform_id bigint NOT NULL REFERENCES partner.partner,
    platform_user text NOT NULL,
    CONSTRAINT one_account_per_platform PRIMARY KEY (card_id, platform_id),
    CONSTRAINT one_card_per_account UNIQUE (platform_id, platform_user)
);

-- Every attempt that was told no: the person's timeline shows it, and a hold that caused it pauses the clock.
CREATE TABLE purchase.refused_attempt (
    card_id bigint NOT NULL REFERENCES card.card,
    attempt_id bigint GENERATED ALWAYS AS IDENTITY,
    at timestamptz NOT NULL,
    platform_id bigint NOT NULL REFERENCES partner.partner,
    course_id bigint REFERENCES catalogue.course,
    refusal_code text NOT NULL,
    facts jsonb NOT NULL,
    hold_id bigint REFERENCES hold.hold,
    PRIMARY KEY (card_id, attempt_id)
);

-- A purchase with the words and codes its readers need.
CREATE VIEW purchase.detail AS
SELECT purchase.purchase_id, purchase.card_id, card.person_id, person.name AS person_name, wave.number AS wave_number,
       card.account_id, purchase.intent_id, platform.partner_id AS platform_id, platform.client_code AS platform_code,
       platform.name AS platform_name, platform.commission_percent,
       institution.partner_id AS institution_id, institution.client_code AS institution_code,
       institution.name AS institution_name, course.course_id, course.course_code, course.title AS course_title,
       course.mode AS course_mode, course.hours AS course_hours, course.meetings AS course_meetings,
       schedule.schedule_id, schedule.schedule_code, schedule.starts_at AS schedule_starts_at,
       schedule.ends_at AS schedule_ends_at, purchase.invoice_code, purchase.transaction_code, purchase.redeem_code,
       purchase.amount_idr, purchase.purchased_at, purchase.voided_at, purchase.redeemed_at, purchase.completed_at,
       purchase.rated_at
  FROM purchase.purchase
  JOIN card.card ON card.card_id = purchase.card_id
  JOIN people.person ON person.person_id = card.person_id
  JOIN programme.wave ON wave.wave_id = card.wave_id
  JOIN partner.partner AS platform ON platform.partner_id = purchase.platform_id
  JOIN partner.partner AS institution ON institution.partner_id = purchase.institution_id
  JOIN catalogue.course ON course.course_id = purchase.course_id
  JOIN catalogue.schedule ON schedule.schedule_id = purchase.schedule_id;
