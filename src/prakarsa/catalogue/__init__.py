"""Courses, schedules and seats: what may be sold, by whom it was approved, and where it is listed."""
