"""Numbers that stand in addresses."""

NOTHING = 0


def number_in(text: str) -> int:
    """A positive whole number of an address; anything else is 0, which nothing is numbered with."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else NOTHING
