"""A new rule tried out before it bites: who would fall out and why, what is missing, the cut-over course by course."""
