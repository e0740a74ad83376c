"""The demonstration: a programme of invented people, one card's whole life over the real doors, then a live server."""
