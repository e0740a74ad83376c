"""Who did what when, sealed in a hash chain; messages to send after commit."""
