"""Redeem codes, meetings and identity checks: who really took part."""
