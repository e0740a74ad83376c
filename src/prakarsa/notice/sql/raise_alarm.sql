INSERT INTO notice.alarm (platform_id, raised_at, course_code, refusal_code, problem)
VALUES (%(platform_id)s, %(now)s, %(course_code)s, %(refusal_code)s, %(problem)s)
    ON CONFLICT (platform_id) WHERE over_at IS NULL DO NOTHING
RETURNING alarm_id
