"""Accounts and transfers; the only room that changes a balance."""
