-- One page of gap lists, newest first: of one dry run, of one partner, one by its code, or all.
SELECT gap_list.gap_list_id, list_code, gap_list.dry_run_id, run_code, title, partner.client_code AS partner_code,
       partner.name AS partner_name, gap_list.due_at, gap_list.made_at, gap_list.told_at,
       count(*)::int AS items,
       count(*) FILTER (WHERE state = 'open')::int AS open,
       count(*) FILTER (WHERE state = 'answered')::int AS answered,
       count(*) FILTER (WHERE state = 'rejected')::int AS rejected,
       count(*) FILTER (WHERE closed_at IS NOT NULL)::int AS closed
  FROM (SELECT *
          FROM rehearsal.gap_list
         WHERE (%(list_code)s::text IS NULL OR list_code = %(list_code)s)
           AND (%(run_code)s::text IS NULL
                OR dry_run_id = (SELECT dry_run_id FROM rehearsal.dry_run WHERE run_code = %(run_code)s))
           AND (%(partner_code)s::text IS NULL
                OR partner_id = (SELECT partner_id FROM partner.partner WHERE client_code = %(partner_code)s))
           AND gap_list_id < %(before)s
         ORDER BY gap_list_id DESC
         LIMIT %(limit)s) AS gap_list
  JOIN rehearsal.dry_run USING (dry_run_id)
  JOIN partner.partner USING (partner_id)
  JOIN rehearsal.gap_item USING (gap_list_id)
 GROUP BY gap_list.gap_list_id, list_code, gap_list.dry_run_id, run_code, title, partner.client_code, partner.name,
          gap_list.due_at, gap_list.made_at, gap_list.told_at
 ORDER BY gap_list.gap_list_id DESC
