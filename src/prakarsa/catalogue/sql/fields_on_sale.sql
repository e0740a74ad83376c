SELECT DISTINCT field FROM catalogue.course WHERE state = 'approved' ORDER BY field
