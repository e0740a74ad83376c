UPDATE curation.finding SET review_id = %(review_id)s WHERE finding_code = ANY (%(codes)s) AND review_id IS NULL
