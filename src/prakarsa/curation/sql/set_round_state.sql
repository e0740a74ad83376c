UPDATE curation.round SET state = %(state)s, result_tenths = %(result_tenths)s WHERE round_id = %(round_id)s
