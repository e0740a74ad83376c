"""Issuing and revoking cards; a card is a view on a ledger account."""
