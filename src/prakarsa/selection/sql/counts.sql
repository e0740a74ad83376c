-- How many applications of a wave stand where.
SELECT state, count(*) FROM selection.application WHERE wave_id = %(wave_id)s GROUP BY state
