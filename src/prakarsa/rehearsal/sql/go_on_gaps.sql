UPDATE rehearsal.dry_run
   SET gaps_through_partner_id = %(through)s,
       gaps_made_at = CASE WHEN %(finished)s THEN %(now)s ELSE gaps_made_at END
 WHERE run_code = %(run_code)s
