SELECT recorded_through FROM rehearsal.rule_set WHERE rule_set = %(rule_set)s FOR NO KEY UPDATE
