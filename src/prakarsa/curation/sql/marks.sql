SELECT assignment_id, indicator, points, note FROM curation.mark WHERE assignment_id = ANY (%(assignment_ids)s)
