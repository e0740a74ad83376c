SELECT round_id FROM curation.round WHERE course_id = %(course_id)s AND number = %(number)s
