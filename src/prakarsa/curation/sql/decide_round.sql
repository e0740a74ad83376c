UPDATE curation.round
   SET state = %(state)s, reason = %(reason)s, decided_by = %(by)s, decided_at = %(now)s
 WHERE round_id = %(round_id)s
