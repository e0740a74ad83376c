SELECT version FROM curation.indicator_set WHERE name = %(name)s ORDER BY version DESC
