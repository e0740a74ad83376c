"""Values of changes of many things at once."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from prakarsa.hold.model import NewHold
from prakarsa.kernel.refusal import msg


class MassKind(StrEnum):
    """What is done to each thing."""

    UNLIST = "unlist"
    """Its listing on a platform ends."""
    HOLD = "hold"
    """The course is held, with due process."""


KIND_WORDS = {
    MassKind.UNLIST: msg("end listings"),
    MassKind.HOLD: msg("hold courses"),
}


class MassState(StrEnum):
    """Where a mass action stands."""

    PLANNED = "planned"
    """Its list is fixed and can be looked at; nothing is changed."""
    CONFIRMED = "confirmed"
    """A second person stands behind it; it is being run."""
    DONE = "done"
    """Every item has been dealt with."""
    WITHDRAWN = "withdrawn"
    """Given up before anybody confirmed it."""
    UNDOING = "undoing"
    """What it changed is being put back."""
    UNDONE = "undone"
    """Everything it changed is as it was, but for what somebody else has changed since."""


STATE_WORDS = {
    MassState.PLANNED: msg("planned, waiting for a second person"),
    MassState.CONFIRMED: msg("confirmed, not finished"),
    MassState.DONE: msg("done"),
    MassState.WITHDRAWN: msg("withdrawn"),
    MassState.UNDOING: msg("being undone"),
    MassState.UNDONE: msg("undone"),
}


class ItemState(StrEnum):
    """Where one thing of a mass action stands."""

    PLANNED = "planned"
    """Not dealt with yet."""
    DONE = "done"
    """Changed by this action."""
    SKIPPED = "skipped"
    """There was nothing to change: somebody else had done it, or the action was undone before its turn."""
    UNDONE = "undone"
    """Put back as it was."""
    KEPT = "kept"
    """Not put back, because somebody else has changed it since."""


ITEM_WORDS = {
    ItemState.PLANNED: msg("planned"),
    ItemState.DONE: msg("changed"),
    ItemState.SKIPPED: msg("nothing to change"),
    ItemState.UNDONE: msg("put back"),
    ItemState.KEPT: msg("changed by somebody else since"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which courses are meant: those that fit everything that is given, of those on sale.

    `condition` is a bit of `catalogue.course.misses`: courses that miss it.
    """

    institution: str | None = None
    platform: str | None = None
    field: str | None = None
    condition: int | None = None


@dataclass(frozen=True, slots=True)
class NewMassAction:
    """A mass action to plan. Holds need everything due process asks for; the target of `hold` is filled in for each."""

    kind: MassKind
    selection: Selection
    reason: str
    hold: NewHold | None = None


@dataclass(frozen=True, slots=True)
class MassAction:
    """A mass action, with its items counted by state."""

    mass_action_id: int
    action_code: str
    kind: MassKind
    selection: Selection
    reason: str
    hold: NewHold | None
    planned_by: str
    planned_at: datetime
    confirmed_by: str | None
    confirmed_at: datetime | None
    withdrawn_by: str | None
    withdrawn_at: datetime | None
    undone_by: str | None
    undo_reason: str | None
    undone_at: datetime | None
    items: int
    waiting: int
    done: int
    skipped: int
    undone: int
    kept: int

    @property
    def state(self) -> MassState:
        """Where it stands."""
        if self.withdrawn_at is not None:
            return MassState.WITHDRAWN
        if self.undone_at is not None:
            return MassState.UNDOING if self.waiting or self.done else MassState.UNDONE
        if self.confirmed_at is None:
            return MassState.PLANNED
        return MassState.CONFIRMED if self.waiting else MassState.DONE


@dataclass(frozen=True, slots=True)
class MassItem:
    """One thing of a mass action. `platform_code` is set where a listing is meant."""

    place: int
    course_id: int
    platform_id: int
    course_code: str
    title: str
    institution_code: str
    platform_code: str | None
    state: ItemState
    note: str
    changed_at: datetime | None
    hold_code: str | None
