SELECT course_id, platform_id FROM catalogue.listing WHERE ended_at IS NULL
