"""Waves, schemes, and dated policy."""
