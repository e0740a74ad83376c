SELECT interest_id, who, partner_id, client_code, interest.words, declared_at
  FROM curation.interest
  JOIN partner.partner USING (partner_id)
 WHERE ended_at IS NULL
   AND (%(who)s::text IS NULL OR who = %(who)s)
 ORDER BY who, client_code
