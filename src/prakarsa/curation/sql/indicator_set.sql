-- One version with its indicators in order: the newest of a name, or the one with an id.
SELECT set_id, name, version, title, source,
       (SELECT jsonb_agg(jsonb_build_object('code', code, 'group', "group", 'group_en', group_en, 'question', question,
                                            'question_en', question_en, 'weight', weight) ORDER BY place)
          FROM curation.indicator
         WHERE indicator.set_id = indicator_set.set_id)
  FROM curation.indicator_set
 WHERE (%(set_id)s::bigint IS NULL OR set_id = %(set_id)s)
   AND (%(name)s::text IS NULL OR name = %(name)s)
 ORDER BY version DESC
 LIMIT 1
