"""Commands: read arguments, call one verb, show."""
