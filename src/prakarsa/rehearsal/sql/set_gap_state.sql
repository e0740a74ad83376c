UPDATE rehearsal.gap_item
   SET state = %(state)s,
       closed_at = CASE WHEN %(state)s IN ('accepted', 'met', 'dropped') THEN %(now)s::timestamptz END
 WHERE gap_item_id = %(gap_item_id)s
