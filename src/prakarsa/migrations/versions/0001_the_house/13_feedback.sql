-- feedback: ratings and reviews (programme-rules 8).
CREATE SCHEMA feedback;

CREATE TABLE feedback.rating (
    rating_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    purchase_id bigint NOT NULL CONSTRAINT rated_once UNIQUE REFERENCES purchase.purchase (purchase_id),
    course_id bigint NOT NULL REFERENCES catalogue.course,
    person_id bigint NOT NULL REFERENCES people.person,
    instructor_stars int NOT NULL CHECK (instructor_stars BETWEEN 1 AND 5),
    facility_stars int NOT NULL CHECK (facility_stars BETWEEN 1 AND 5),
    course_stars int NOT NULL CHECK (course_stars BETWEEN 1 AND 5),
    review text NOT NULL CHECK (review <> ''),
    rated_at timestamptz NOT NULL
);
CREATE INDEX rating_by_course ON feedback.rating (course_id, rating_id);

-- The sums over a course's ratings, kept with each rating, so that no page adds them up.
CREATE TABLE feedback.course_total (
    course_id bigint PRIMARY KEY REFERENCES catalogue.course,
    ratings bigint NOT NULL,
    instructor_stars bigint NOT NULL,
    facility_stars bigint NOT NULL,
    course_stars bigint NOT NULL
);
