"""Buying, cancelling, "why can't I buy?", the clock of a card."""
