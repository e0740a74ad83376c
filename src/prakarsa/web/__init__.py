"""The web door: pages for people, for the programme office and for anyone who wants to check."""
