-- Partners in the order of their ids, after the last one looked at. Those whose agreement is over are not asked.
SELECT client_code, partner_id
  FROM partner.partner
 WHERE partner_id > %(after)s
   AND status <> 'ended'
 ORDER BY partner_id
 LIMIT %(limit)s
