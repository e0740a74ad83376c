UPDATE rehearsal.rule_set SET recorded_through = %(through)s WHERE rule_set = %(rule_set)s
