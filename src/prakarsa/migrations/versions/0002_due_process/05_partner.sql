-- partner: who to write to, what a partner declares about itself, and who belongs with whom at any depth.
CREATE TABLE partner.contact (
    partner_id bigint PRIMARY KEY REFERENCES partner.partner,
    email_sealed bytea NOT NULL,
    language text NOT NULL DEFAULT 'id',
    changed_at timestamptz NOT NULL
);

-- What Permenko 11/2020 art. 30(3), 36(2)-(3) and the documents of 2023 ask for (programme-rules 6.2, 6.3).
CREATE TABLE partner.profile (
    partner_id bigint PRIMARY KEY REFERENCES partner.partner,
    legal_form text,
    founded_on date,
    business_number text,
    tax_number text,
    provinces_served int CHECK (provinces_served BETWEEN 0 AND 38),
    integration_certified_on date,
    -- number of the contract between an institution and a platform (art. 30(2)a)
    platform_contract text,
    changed_at timestamptz NOT NULL
);

-- Every platform and institution of which one owns the other, directly or through others: made anew from
-- partner.ownership in the transaction that changes it, so that no sale follows the graph.
CREATE TABLE partner.affiliation (
    platform_id bigint NOT NULL REFERENCES partner.partner,
    institution_id bigint NOT NULL REFERENCES partner.partner,
    PRIMARY KEY (platform_id, institution_id)
);
INSERT INTO partner.affiliation (platform_id, institution_id)
WITH RECURSIVE below AS (
    SELECT owner_id AS top_id, owned_id FROM partner.ownership
     UNION
    SELECT below.top_id, ownership.owned_id
      FROM below
      JOIN partner.ownership ON ownership.owner_id = below.owned_id
)
SELECT DISTINCT platform.partner_id, institution.partner_id
  FROM below
  JOIN partner.partner AS platform ON platform.partner_id IN (top_id, owned_id) AND platform.kind = 'platform'
  JOIN partner.partner AS institution ON institution.partner_id IN (top_id, owned_id)
                                     AND institution.kind = 'institution';

-- A partner's way in without an account: who has the token of a letter may answer for the partner until it ends.
CREATE TABLE partner.desk_link (
    token_digest bytea PRIMARY KEY,
    partner_id bigint NOT NULL REFERENCES partner.partner,
    issued_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT desk_link_ends CHECK (expires_at >= issued_at)
);
CREATE INDEX desk_link_by_partner ON partner.desk_link (partner_id, expires_at);
