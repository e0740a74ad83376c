"""Every way a hold says no, and every way placing one is refused."""

from dataclasses import dataclass
from datetime import datetime

from prakarsa.kernel.refusal import ClockEffect, Kind, Refusal, msg


@dataclass(eq=False)
class SellingHeld(Refusal):
    """Buying is on hold for the whole programme."""

    hold_code: str
    public_words: str
    legal_basis: str
    since_at: datetime
    next_word_at: datetime

    code = "hold.selling_held"
    kind = Kind.CONFLICT
    title = msg("Buying is on hold for everyone since {since_at}: {public_words}")
    next_step = msg(
        "It is not you, your card or the platform, and you need not do anything. "
        "You will hear more by {next_word_at}. Reference: {hold_code}."
    )
    clock = ClockEffect.PAUSED


@dataclass(eq=False)
class OfferHeld(Refusal):
    """One platform, institution or course may not sell at the moment."""

    hold_code: str
    scope: str
    target_name: str
    public_words: str
    legal_basis: str
    since_at: datetime
    next_word_at: datetime

    code = "hold.offer_held"
    kind = Kind.CONFLICT
    title = msg("{target_name} is on hold since {since_at}: {public_words}")
    next_step = msg(
        "You can buy another course or use another platform today, or wait for news by {next_word_at}. "
        "Reference: {hold_code}."
    )
    clock = ClockEffect.PAUSED


@dataclass(eq=False)
class HoldIncomplete(Refusal):
    """Something that due process demands is missing."""

    field: str
    problem: str

    code = "hold.incomplete"
    kind = Kind.INVALID
    title = msg("The hold cannot be placed: {field} {problem}")
    next_step = msg(
        "A hold needs scope, reason, legal basis, public words, notice, start, and an end or a review date."
    )


@dataclass(eq=False)
class HoldUnknown(Refusal):
    """There is no hold with this code."""

    hold_code: str

    code = "hold.unknown"
    kind = Kind.MISSING
    title = msg("There is no hold {hold_code}")
    next_step = msg("Look at the list of holds for the right code.")


@dataclass(eq=False)
class HoldOver(Refusal):
    """The hold has ended already."""

    hold_code: str
    over_at: datetime

    code = "hold.over"
    kind = Kind.CONFLICT
    title = msg("The hold {hold_code} ended at {over_at}")
    next_step = msg("Nothing needs to be done.")


@dataclass(eq=False)
class TargetUnknown(Refusal):
    """The thing to be held does not exist."""

    scope: str
    target_code: str

    code = "hold.target_unknown"
    kind = Kind.MISSING
    title = msg("There is no {scope} with the code {target_code}")
    next_step = msg("Check the code for a typing mistake.")
