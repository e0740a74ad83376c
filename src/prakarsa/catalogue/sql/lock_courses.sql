-- In code order, so that two changes queue instead of deadlocking.
SELECT FROM catalogue.course WHERE course_code = ANY (%(codes)s) ORDER BY course_code FOR NO KEY UPDATE
