SELECT created_at
  FROM people.sign_in_code
 WHERE address_index = %(address)s
   AND created_at > %(since)s
 ORDER BY created_at
