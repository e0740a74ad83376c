"""Speaking to outsiders: registries, messages, banks, identity checks."""
