"""Prakarsa runs a national training-voucher programme end to end."""
