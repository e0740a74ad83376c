"""Every way a mass cancellation says no."""

from dataclasses import dataclass
from datetime import datetime

from prakarsa.kernel.refusal import Kind, Refusal, msg


@dataclass(eq=False)
class CancellationUnknown(Refusal):
    """There is no mass cancellation with this code."""

    cancellation_code: str

    code = "purchase.cancellation_unknown"
    kind = Kind.MISSING
    title = msg("There is no mass cancellation {cancellation_code}")
    next_step = msg("Look at the list of mass cancellations for the right code.")


@dataclass(eq=False)
class NothingToCancel(Refusal):
    """Nobody holds a place there that could be cancelled."""

    target_code: str
    completed: int

    code = "purchase.nothing_to_cancel"
    kind = Kind.CONFLICT
    title = msg("Nothing can be cancelled at {target_code}: no purchase is open, {completed} are completed")
    next_step = msg("To close the sale only, place a hold.")


@dataclass(eq=False)
class CancellationIncomplete(Refusal):
    """Something that the people concerned must be told is missing."""

    field: str
    problem: str

    code = "purchase.cancellation_incomplete"
    kind = Kind.INVALID
    title = msg("The mass cancellation cannot be planned: {field} {problem}")
    next_step = msg("It needs a target, a reason, a legal basis, words for the people concerned, and what they can do.")


@dataclass(eq=False)
class CancellationNotConfirmed(Refusal):
    """No second person has confirmed it yet, so nothing may be cancelled."""

    cancellation_code: str

    code = "purchase.cancellation_not_confirmed"
    kind = Kind.CONFLICT
    title = msg("Nobody has confirmed the mass cancellation {cancellation_code} yet")
    next_step = msg("Have a second person look at its preview and confirm it.")


@dataclass(eq=False)
class CancellationDecided(Refusal):
    """It was confirmed or withdrawn before."""

    cancellation_code: str
    state: str
    decided_at: datetime

    code = "purchase.cancellation_decided"
    kind = Kind.CONFLICT
    title = msg("The mass cancellation {cancellation_code} was decided on at {decided_at} ({state})")
    next_step = msg("Nothing needs to be done; look at how far it is.")
