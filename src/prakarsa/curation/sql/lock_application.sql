SELECT FROM curation.application WHERE application_code = %(code)s FOR NO KEY UPDATE
