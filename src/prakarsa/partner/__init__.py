"""Platforms and institutions: who they are, the keys they sign with, where people may be sent back, who owns whom."""
