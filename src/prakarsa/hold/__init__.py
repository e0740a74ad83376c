"""Suspensions with due process, at any scope."""
