UPDATE curation.interest
   SET ended_at = %(now)s
 WHERE who = %(who)s
   AND partner_id = %(partner_id)s
   AND ended_at IS NULL
