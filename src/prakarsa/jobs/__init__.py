"""Background work: messages that wait, and verbs that run by the clock or after a commit."""
