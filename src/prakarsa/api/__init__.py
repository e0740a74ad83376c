"""The partner door: HTTP for platforms and institutions. Verify, read, call one verb, show."""
