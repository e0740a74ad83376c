"""Applicants and staff: who they are, how they prove it, how to reach them."""
