"""Every way the programme room says no."""

from dataclasses import dataclass
from datetime import date

from prakarsa.kernel.refusal import Kind, Refusal, msg


@dataclass(eq=False)
class PolicyConflict(Refusal):
    """A loaded value would be overwritten."""

    name: str
    effective_from: date

    code = "programme.policy_conflict"
    kind = Kind.CONFLICT
    title = msg("The parameter {name} from {effective_from} is already loaded with another value")
    next_step = msg("Past policy is never rewritten: propose a change of the scheme with prakarsa policy propose.")


@dataclass(eq=False)
class PolicyGap(Refusal):
    """No value is in force."""

    name: str
    wave_number: int
    on: date

    code = "programme.policy_gap"
    kind = Kind.CONFLICT
    title = msg("No value of {name} is in force for wave {wave_number} on {on}")
    next_step = msg("Load a policy file that covers this wave and day.")


@dataclass(eq=False)
class SchemeUnknown(Refusal):
    """Nobody has loaded this scheme."""

    scheme: str

    code = "programme.scheme_unknown"
    kind = Kind.MISSING
    title = msg("The scheme {scheme} is not known")
    next_step = msg("Load its policy file first: prakarsa policy load FILE.")


@dataclass(eq=False)
class WaveUnknown(Refusal):
    """There is no such wave."""

    wave_number: int

    code = "programme.wave_unknown"
    kind = Kind.MISSING
    title = msg("There is no wave {wave_number}")
    next_step = msg("Look at the list of waves for the right number.")


@dataclass(eq=False)
class WaveNumberTaken(Refusal):
    """A wave with this number exists."""

    wave_number: int

    code = "programme.wave_number_taken"
    kind = Kind.CONFLICT
    title = msg("Wave {wave_number} exists already")
    next_step = msg("Use the next free number.")


@dataclass(eq=False)
class BadWavePlan(Refusal):
    """A plan that cannot become a wave."""

    problem: str

    code = "programme.bad_wave_plan"
    kind = Kind.INVALID
    title = msg("The wave cannot be opened: {problem}")
    next_step = msg("Correct the plan; nothing was changed.")


@dataclass(eq=False)
class NoWaveYet(Refusal):
    """No wave exists, so no terms are in force."""

    code = "programme.no_wave_yet"
    kind = Kind.CONFLICT
    title = msg("The programme has no wave yet")
    next_step = msg("Open the first wave: prakarsa wave open.")
