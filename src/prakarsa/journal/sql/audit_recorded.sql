-- States without their journal rows, and journal rows without their states. The room that owns the states puts its
-- statement in the place marked.
WITH kept AS (
    /* states */
),
counted AS (
    SELECT subject, action, count(*) AS rows FROM kept GROUP BY subject, action
),
told AS (
    SELECT subject, action, count(*) AS entries
      FROM journal.entry
     WHERE action = ANY (%(told)s)
     GROUP BY subject, action
)
SELECT subject,
       jsonb_build_object('action', action, 'rows', coalesce(rows, 0), 'entries', coalesce(entries, 0)) AS facts
  FROM counted
  FULL JOIN told USING (subject, action)
 WHERE coalesce(rows, 0) <> coalesce(entries, 0)
 ORDER BY subject, action
