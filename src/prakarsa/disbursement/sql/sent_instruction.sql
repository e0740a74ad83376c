SELECT public_id
  FROM disbursement.instruction
 WHERE person_id = %(person_id)s
   AND state = 'sent'
 ORDER BY number
 LIMIT 1
