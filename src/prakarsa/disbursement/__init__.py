"""Incentives to people: instructions, batches, the bank's answer for each, reconciliation."""
