INSERT INTO attendance.finished (purchase_id, finished_at)
VALUES (%(purchase_id)s, %(now)s)
    ON CONFLICT (purchase_id) DO NOTHING
