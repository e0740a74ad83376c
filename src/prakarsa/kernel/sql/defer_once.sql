-- Put a task in the worker's queue unless the same task already waits there.
INSERT INTO jobs.procrastinate_jobs (queue_name, task_name, priority, queueing_lock, args)
VALUES ('default', %(task)s::text, 0, %(task)s::text, '{}')
    ON CONFLICT DO NOTHING
