"""Every way a policy file is turned away, and every way a change of policy is."""

from dataclasses import dataclass
from datetime import date

from prakarsa.kernel.refusal import Kind, Refusal, msg


@dataclass(eq=False)
class BadPolicyFile(Refusal):
    """A policy file cannot be read as one at all."""

    problem: str

    code = "programme.bad_policy_file"
    kind = Kind.INVALID
    title = msg("The policy file cannot be used: {problem}")
    next_step = msg("Correct the file; nothing was loaded.")


@dataclass(eq=False)
class PolicyEntryWrong(Refusal):
    """A block or a value is not built as it should be."""

    line: int
    name: str
    problem: str

    code = "programme.policy_entry_wrong"
    kind = Kind.INVALID
    title = msg("Line {line}, {name}: {problem}")
    next_step = msg("Correct the file; nothing was loaded.")


@dataclass(eq=False)
class PolicyNameUnknown(Refusal):
    """A block is named after no parameter."""

    line: int
    name: str
    nearest: str

    code = "programme.policy_name_unknown"
    kind = Kind.INVALID
    title = msg("Line {line}: {name} is not a parameter")
    next_step = msg("The nearest known name is {nearest}. Correct the file; nothing was loaded.")


@dataclass(eq=False)
class PolicyNameMissing(Refusal):
    """A founding scheme leaves a parameter out."""

    name: str

    code = "programme.policy_name_missing"
    kind = Kind.INVALID
    title = msg("The scheme says nothing about {name}")
    next_step = msg("Give every parameter a value: a scheme is complete, or nobody knows what holds.")


@dataclass(eq=False)
class PolicyWrongUnit(Refusal):
    """A value is not in the unit of its parameter."""

    line: int
    name: str
    written: str
    wanted: str

    code = "programme.policy_wrong_unit"
    kind = Kind.INVALID
    title = msg("Line {line}, {name}: {written} has the wrong type or unit")
    next_step = msg('Write {wanted}; where there is no limit, write "none".')


@dataclass(eq=False)
class PolicyWordUnknown(Refusal):
    """A list holds a word that means nothing here."""

    line: int
    name: str
    written: str
    known: str

    code = "programme.policy_word_unknown"
    kind = Kind.INVALID
    title = msg("Line {line}, {name}: {written} is not one of its words")
    next_step = msg("The words are: {known}.")


@dataclass(eq=False)
class PolicyOverlap(Refusal):
    """Two values of one file would hold at once."""

    line: int
    name: str
    wave_number: int
    on: date

    code = "programme.policy_overlap"
    kind = Kind.INVALID
    title = msg("Line {line}, {name}: two values cover the same wave and day, first wave {wave_number} on {on}")
    next_step = msg("End the earlier value where the later one begins, or give them different waves.")


@dataclass(eq=False)
class PolicyUncovered(Refusal):
    """Some wave on some day of the scheme would have no value."""

    line: int
    name: str
    wave_number: int
    on: date

    code = "programme.policy_uncovered"
    kind = Kind.INVALID
    title = msg("Line {line}, {name}: no value covers wave {wave_number} on {on}")
    next_step = msg("Let one value begin on the day and with the wave where the other ends.")


@dataclass(eq=False)
class PolicyWavesEmpty(Refusal):
    """A range of waves holds none."""

    line: int
    name: str
    waves: str

    code = "programme.policy_waves_empty"
    kind = Kind.INVALID
    title = msg("Line {line}, {name}: the wave range {waves} is empty")
    next_step = msg('Write waves as "4", "4-11" or "4-", the lower number first, from 1 on.')


@dataclass(eq=False)
class PolicyInstrumentUnknown(Refusal):
    """A value rests on an instrument that the file does not describe."""

    line: int
    name: str
    instrument: str

    code = "programme.policy_instrument_unknown"
    kind = Kind.INVALID
    title = msg("Line {line}, {name}: the instrument {instrument} is not described")
    next_step = msg("Describe it under [instruments], with title and version.")


@dataclass(eq=False)
class PolicyRetroactive(Refusal):
    """A change would reach back before its approval."""

    name: str
    effective_from: date
    today: date

    code = "programme.policy_retroactive"
    kind = Kind.CONFLICT
    title = msg("{name} would hold from {effective_from}, before today ({today})")
    next_step = msg("Give it a later day; if it must reach back, name who allows it as retroactive_leave in the file.")


@dataclass(eq=False)
class PolicyOutsideScheme(Refusal):
    """A row speaks for no wave and day of its scheme."""

    name: str
    effective_from: date
    scheme: str

    code = "programme.policy_outside_scheme"
    kind = Kind.INVALID
    title = msg("{name} from {effective_from} speaks for no wave and day of the scheme {scheme}")
    next_step = msg("Look at the waves and days the scheme covers: prakarsa policy history {name}.")


@dataclass(eq=False)
class PolicyChangesNothing(Refusal):
    """Everything would stay as it is."""

    scheme: str

    code = "programme.policy_changes_nothing"
    kind = Kind.CONFLICT
    title = msg("This changes nothing: every value is already in force in the scheme {scheme}")
    next_step = msg("Look at what is in force, and propose only what is to be different.")


@dataclass(eq=False)
class ParameterUnknown(Refusal):
    """Somebody asks for a parameter that does not exist."""

    name: str
    nearest: str

    code = "programme.parameter_unknown"
    kind = Kind.MISSING
    title = msg("There is no parameter {name}")
    next_step = msg("The nearest known name is {nearest}.")


@dataclass(eq=False)
class ChangeUnknown(Refusal):
    """There is no such change."""

    change_code: str

    code = "programme.change_unknown"
    kind = Kind.MISSING
    title = msg("There is no change {change_code}")
    next_step = msg("Look at the list of changes: prakarsa policy changes.")


@dataclass(eq=False)
class ChangeNotOpen(Refusal):
    """A change does not stand where this act needs it."""

    change_code: str
    stands: str

    code = "programme.change_not_open"
    kind = Kind.CONFLICT
    title = msg("The change {change_code} cannot be treated like this any more; it is {stands}")
    next_step = msg("Look at the change. What is approved can only be revoked; what is over stays over.")


@dataclass(eq=False)
class RevocationIncomplete(Refusal):
    """A revocation without a reason."""

    code = "programme.revocation_incomplete"
    kind = Kind.INVALID
    title = msg("A change is not taken back without a reason")
    next_step = msg("Say in a sentence why it has to go.")
