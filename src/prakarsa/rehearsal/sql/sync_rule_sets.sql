-- The rule sets of this moment. One that is no longer asked for stays, neither in force nor to come.
WITH asked AS (
    SELECT *
      FROM jsonb_to_recordset(%(rows)s::jsonb) AS asked (
               rule_set text, demanded int, modes text[], block_affiliated boolean, allow_affiliated_free boolean,
               waves int[], in_force boolean, begins_on date, change_code text)
),
retired AS (
    UPDATE rehearsal.rule_set
       SET in_force = false, begins_on = NULL, change_code = NULL
     WHERE rule_set NOT IN (SELECT rule_set FROM asked)
       AND (in_force OR begins_on IS NOT NULL)
    RETURNING rule_set, false AS in_force
),
seen AS (
    INSERT INTO rehearsal.rule_set AS kept
           (rule_set, demanded, modes, block_affiliated, allow_affiliated_free, waves, in_force, begins_on,
            change_code, first_seen_at)
    SELECT rule_set, demanded, modes, block_affiliated, allow_affiliated_free, waves, in_force, begins_on, change_code,
           %(now)s
      FROM asked
     ORDER BY rule_set
        ON CONFLICT (rule_set) DO UPDATE
       SET waves = excluded.waves, in_force = excluded.in_force, begins_on = excluded.begins_on,
           change_code = excluded.change_code
     WHERE (kept.waves, kept.in_force, kept.begins_on, kept.change_code)
           IS DISTINCT FROM (excluded.waves, excluded.in_force, excluded.begins_on, excluded.change_code)
    RETURNING rule_set, in_force
)
SELECT rule_set, in_force FROM retired UNION ALL SELECT rule_set, in_force FROM seen
