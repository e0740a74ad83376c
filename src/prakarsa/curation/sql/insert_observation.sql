INSERT INTO curation.observation (observation_code, schedule_id, monitor, observed_at, summary, recorded_at)
VALUES (%(code)s, %(schedule_id)s, %(monitor)s, %(observed_at)s, %(summary)s, %(now)s)
RETURNING observation_id
