-- feedback: surveys after the training, paid whatever is answered (programme-rules 9).
CREATE TABLE feedback.survey (
    person_id bigint NOT NULL REFERENCES people.person,
    number int NOT NULL CHECK (number > 0),
    out_of int NOT NULL CHECK (out_of >= number),
    wave_number int NOT NULL,
    -- the course whose incentive opened it
    purchase_id bigint NOT NULL REFERENCES purchase.purchase (purchase_id),
    opens_at timestamptz NOT NULL,
    answered_at timestamptz,
    -- which edition of the questions was answered
    edition text,
    answers jsonb,
    -- when its payment was promised
    promised_at timestamptz,
    PRIMARY KEY (person_id, number),
    CONSTRAINT survey_answered_whole CHECK (num_nulls(answered_at, edition, answers) IN (0, 3)),
    CONSTRAINT survey_answered_when_open CHECK (answered_at >= opens_at),
    CONSTRAINT survey_promised_when_answered CHECK (promised_at IS NULL OR answered_at IS NOT NULL)
);
CREATE INDEX survey_to_promise ON feedback.survey (answered_at)
    WHERE answered_at IS NOT NULL AND promised_at IS NULL;

-- What the catalogue keeps of ratings from now on, for those given before.
UPDATE catalogue.course
   SET ratings = course_total.ratings, rating_stars = course_total.course_stars
  FROM feedback.course_total
 WHERE course_total.course_id = course.course_id;

-- the catalogue keeps the sums as well, for its search: ratings that were given before
UPDATE catalogue.course
   SET ratings = course_total.ratings, rating_stars = course_total.course_stars
  FROM feedback.course_total
 WHERE course_total.course_id = course.course_id;
