"""Every way the demonstration says no."""

from dataclasses import dataclass

from prakarsa.kernel.refusal import Kind, Refusal, msg


@dataclass(eq=False)
class HomeNotADemo(Refusal):
    """The folder holds something that is not a demonstration."""

    home: str

    code = "demo.home_not_a_demo"
    kind = Kind.CONFLICT
    title = msg("The folder {home} holds something else")
    next_step = msg("Name an empty folder with --home; a demonstration never overwrites anything.")


@dataclass(eq=False)
class HomeInUse(Refusal):
    """Another demonstration plays there."""

    home: str
    process_id: int

    code = "demo.home_in_use"
    kind = Kind.CONFLICT
    title = msg("Another demonstration runs in {home} (process {process_id})")
    next_step = msg("Stop it, or name another folder with --home.")


@dataclass(eq=False)
class DatabaseNotEmpty(Refusal):
    """PRAKARSA_DATABASE_URL leads to a database with a programme in it."""

    code = "demo.database_not_empty"
    kind = Kind.CONFLICT
    title = msg("The database of PRAKARSA_DATABASE_URL holds a programme already")
    next_step = msg("Name an empty database, or leave the setting out to use the embedded one.")


@dataclass(eq=False)
class PortTaken(Refusal):
    """Somebody else listens on the port."""

    port: int

    code = "demo.port_taken"
    kind = Kind.CONFLICT
    title = msg("The port {port} is taken")
    next_step = msg("Name another one with --port.")


@dataclass(eq=False)
class ProcessFailed(Refusal):
    """A process of the stack did not come up."""

    process: str
    log: str

    code = "demo.process_failed"
    kind = Kind.UNAVAILABLE
    title = msg("The {process} process did not start")
    next_step = msg("Its own words are in {log}.")


@dataclass(eq=False)
class StoryBroken(Refusal):
    """The walk met something it did not expect."""

    step: str
    found: str

    code = "demo.story_broken"
    kind = Kind.CONFLICT
    title = msg("The walk stopped at: {step}. Found: {found}")
    next_step = msg("This is a fault of the product. Please report it with the output above.")
