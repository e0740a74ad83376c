"""Every way the card room says no."""

from dataclasses import dataclass

from prakarsa.kernel.refusal import Kind, Refusal, msg


@dataclass(eq=False)
class NoDecree(Refusal):
    """Cards follow a decree, and this wave has none."""

    wave_number: int

    code = "card.no_decree"
    kind = Kind.CONFLICT
    title = msg("Wave {wave_number} has no decree yet")
    next_step = msg("Issue the decree for the selected people first.")


@dataclass(eq=False)
class NoCard(Refusal):
    """The person has no card."""

    code = "card.none"
    kind = Kind.MISSING
    title = msg("You have no card yet")
    next_step = msg("Apply to an open wave; selected people receive a card.")
