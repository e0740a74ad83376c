SELECT change_id, name, value, first_wave, last_wave, effective_from, effective_to, legal_basis, source, instrument,
       article, instrument_version, change_code, approved_at, revoked_at, author, approver
  FROM programme.amendment
  JOIN programme.change USING (change_id)
 WHERE change_id = ANY (%(change_ids)s)
 ORDER BY amendment_id
