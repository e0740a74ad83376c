-- One page by client code; no limit means all. Partners number some hundreds.
SELECT partner_id, kind, client_code, name, status, basis, commission_percent, registered_at, account_id
  FROM partner.partner
 WHERE (%(kind)s::text IS NULL OR kind = %(kind)s)
   AND client_code > %(after)s
 ORDER BY client_code
 LIMIT %(limit)s
