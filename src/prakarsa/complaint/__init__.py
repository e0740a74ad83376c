"""Questions and appeals: who owns each, how old it is, how it ended."""
