-- Somebody leaves: no new sign-in, and every open session ends.
WITH gone AS (
    UPDATE people.staff
       SET left_at = %(now)s
     WHERE email = %(email)s
       AND left_at IS NULL
    RETURNING staff_id
),
ended AS (
    DELETE FROM people.session WHERE staff_id IN (SELECT staff_id FROM gone)
)
SELECT staff_id FROM gone
