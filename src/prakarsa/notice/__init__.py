"""What the public and those affected are told: status, notices, probes."""
