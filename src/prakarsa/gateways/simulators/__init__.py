"""The other side of each gateway, as a program of its own, so that everything can be tried without asking anyone."""
