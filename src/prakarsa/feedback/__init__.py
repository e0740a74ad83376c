"""Ratings and reviews: what must be heard before money moves."""
