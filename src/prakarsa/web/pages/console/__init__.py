"""The console of the programme office."""
