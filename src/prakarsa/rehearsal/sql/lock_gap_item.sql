SELECT gap_item_id FROM rehearsal.gap_item WHERE item_code = %(item_code)s FOR NO KEY UPDATE
