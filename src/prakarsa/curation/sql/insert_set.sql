INSERT INTO curation.indicator_set (name, version, title, source, loaded_by, loaded_at)
VALUES (%(name)s, %(version)s, %(title)s, %(source)s, %(by)s, %(now)s)
RETURNING set_id
