DELETE FROM notice.probe
 WHERE probe_id IN (SELECT probe_id FROM notice.probe WHERE at < %(before)s ORDER BY at LIMIT %(limit)s)
