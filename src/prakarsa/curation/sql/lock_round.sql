SELECT FROM curation.round WHERE round_code = %(code)s FOR NO KEY UPDATE
