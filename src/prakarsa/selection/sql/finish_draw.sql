UPDATE selection.draw
   SET drawn_at = %(now)s,
       last_places = %(last_places)s::jsonb,
       selected = (SELECT count(*) FROM selection.application WHERE wave_id = %(wave_id)s AND state = 'selected')
 WHERE wave_id = %(wave_id)s
RETURNING selected
