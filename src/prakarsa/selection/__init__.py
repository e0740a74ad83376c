"""Screening, the draw, the decree, and the reason shown to each person."""
