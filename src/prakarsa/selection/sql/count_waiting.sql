SELECT count(*) FROM selection.application WHERE wave_id = %(wave_id)s AND state = 'applied'
