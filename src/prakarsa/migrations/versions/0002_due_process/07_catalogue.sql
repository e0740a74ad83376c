-- catalogue: what a course misses, by what evidence it is said, where a class meets, what it is found by.
ALTER TABLE catalogue.course
    DROP CONSTRAINT course_price_idr_check,
    ADD CONSTRAINT course_price_not_negative CHECK (price_idr >= 0),
    -- one bit per condition, numbered as in programme-rules 6.1: the same as catalogue/rules.py CONDITIONS, by test
    ADD COLUMN misses int NOT NULL GENERATED ALWAYS AS (
        CASE WHEN mode <> 'in_person' AND NOT has_live_session THEN 1 ELSE 0 END
        | CASE WHEN free_elsewhere THEN 2 ELSE 0 END
        | CASE WHEN price_idr > outside_price_idr THEN 4 ELSE 0 END
        | CASE WHEN is_bundle THEN 8 ELSE 0 END
        | CASE WHEN NOT tracks_completion THEN 16 ELSE 0 END
        | CASE WHEN NOT expert_assessed THEN 64 ELSE 0 END
        | CASE WHEN NOT has_curriculum THEN 256 ELSE 0 END
        | CASE WHEN NOT has_evaluation THEN 512 ELSE 0 END
        | CASE WHEN NOT has_presence_log THEN 1024 ELSE 0 END) STORED,
    -- kept by the catalogue when a rating comes in, so that the search can filter by it
    ADD COLUMN ratings bigint NOT NULL DEFAULT 0,
    ADD COLUMN rating_stars bigint NOT NULL DEFAULT 0,
    ADD CONSTRAINT course_ratings_whole CHECK (rating_stars BETWEEN ratings AND 5 * ratings),
    -- what the public search finds a course by: every word as written, and its Indonesian stem beside it
    ADD COLUMN search_words tsvector GENERATED ALWAYS AS
        (to_tsvector('simple', translate(title || ' ' || field, '/.:@_-', '      '))
         || to_tsvector('indonesian', translate(title || ' ' || field, '/.:@_-', '      '))) STORED;

ALTER TABLE catalogue.schedule
    ADD COLUMN province_code text,
    ADD COLUMN place text;

-- How often what is on the shelves has changed: every process keeps a copy of them and looks here whether it still
-- fits. A transaction counts in a row that nobody else is writing, so writers never wait for one another; readers add
-- up what is committed, so a change that is not committed yet cannot be missed once it is.
CREATE TABLE catalogue.edition (
    shard int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    changes bigint NOT NULL DEFAULT 1
);
CREATE FUNCTION catalogue.count_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE catalogue.edition
       SET changes = changes + 1
     WHERE shard = (SELECT shard FROM catalogue.edition ORDER BY shard LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED);
    IF NOT FOUND THEN
        INSERT INTO catalogue.edition DEFAULT VALUES;
    END IF;
    RETURN NULL;
END
$$;
-- Triggers, because the release before this one writes these tables as well while servers are exchanged.
CREATE TRIGGER course_counted
    AFTER INSERT OR DELETE OR UPDATE OF title, field, mode, price_idr, state, institution_id, has_live_session,
        free_elsewhere, outside_price_idr, is_bundle, tracks_completion, has_curriculum, has_evaluation,
        has_presence_log, expert_assessed
    ON catalogue.course FOR EACH STATEMENT EXECUTE FUNCTION catalogue.count_change();
CREATE TRIGGER listing_counted
    AFTER INSERT OR DELETE OR UPDATE ON catalogue.listing
    FOR EACH STATEMENT EXECUTE FUNCTION catalogue.count_change();
-- not for a sold seat: selling touches seats_sold alone
CREATE TRIGGER schedule_counted
    AFTER INSERT OR DELETE OR UPDATE OF course_id, starts_at, ends_at, enrolment_closes_at, province_code
    ON catalogue.schedule FOR EACH STATEMENT EXECUTE FUNCTION catalogue.count_change();

ALTER TABLE catalogue.listing
    -- the refusal code that says why it was ended, where nobody asked for it
    ADD COLUMN end_cause text;

-- Who said on what evidence that a condition is or is not met. The newest row is what the course's column says.
CREATE TABLE catalogue.attestation (
    attestation_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    course_id bigint NOT NULL REFERENCES catalogue.course,
    fact text NOT NULL,
    value jsonb NOT NULL,
    was jsonb NOT NULL,
    evidence jsonb NOT NULL,
    attested_by text NOT NULL,
    attested_at timestamptz NOT NULL
);
CREATE INDEX attestation_by_course ON catalogue.attestation (course_id, fact, attestation_id);
