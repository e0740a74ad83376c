"""Every way selection says no: to applying, at screening, in the draw, and to whoever runs it."""

from dataclasses import dataclass
from datetime import datetime

from prakarsa.kernel.refusal import Kind, Refusal, msg


@dataclass(eq=False)
class RegistryUnavailable(Refusal):
    """A registry gave no answer that could be used, however often it was asked. Nobody is judged without one."""

    registry: str
    problem: str

    code = "selection.registry_unavailable"
    kind = Kind.UNAVAILABLE
    title = msg("The {registry} gave no usable answer: {problem}")
    next_step = msg("Nobody is judged without an answer. Run the screening again when the registry answers.")


# Applying


@dataclass(eq=False)
class WaveNotOpenYet(Refusal):
    """Applications begin later."""

    wave_number: int
    opens_at: datetime
    closes_at: datetime

    code = "selection.wave_not_open_yet"
    kind = Kind.CONFLICT
    title = msg("Wave {wave_number} is not open yet")
    next_step = msg("Come back between {opens_at} and {closes_at}. Coming first is no advantage: a draw decides.")


@dataclass(eq=False)
class WaveClosed(Refusal):
    """Applications have ended."""

    wave_number: int
    closes_at: datetime

    code = "selection.wave_closed"
    kind = Kind.CONFLICT
    title = msg("Wave {wave_number} closed at {closes_at}")
    next_step = msg("This is no rejection. Your data stay with us: join the next wave when it opens.")


@dataclass(eq=False)
class NotRegistered(Refusal):
    """Nobody is registered under this id."""

    person_id: int

    code = "selection.not_registered"
    kind = Kind.MISSING
    title = msg("Only a registered person can join a wave")
    next_step = msg("Register first, then join the wave.")


@dataclass(eq=False)
class StillInWave(Refusal):
    """The person waits for the result of another wave."""

    undecided_wave: int

    code = "selection.still_in_wave"
    kind = Kind.CONFLICT
    title = msg("You are still in wave {undecided_wave}, which is not decided yet")
    next_step = msg("Wait for its result. If you are not selected there, you can join the next wave at once.")


# Screening


@dataclass(eq=False)
class PriorGrant(Refusal):
    """The person was selected before; the card is given once for life (Permenko 11/2020 art. 17)."""

    granted_wave: int

    code = "selection.prior_grant"
    kind = Kind.CONFLICT
    title = msg("You were already selected in wave {granted_wave}; the card is given once in a lifetime")
    next_step = msg("Sign in to see your card. If you never received it, open a complaint.")


@dataclass(eq=False)
class NotInRegistry(Refusal):
    """The civil registry knows nobody, or more than one person, under this identity number."""

    code = "selection.not_in_registry"
    kind = Kind.CONFLICT
    title = msg("The civil registry does not find your identity number (NIK)")
    next_step = msg("Ask the civil registry office (Dukcapil) to put your data online, then join the next wave.")


@dataclass(eq=False)
class RegistryNameDiffers(Refusal):
    """The civil registry has another name under this identity number."""

    code = "selection.name_differs"
    kind = Kind.CONFLICT
    title = msg("Your name is written differently in the civil registry")
    next_step = msg(
        "Compare your name with your identity card (KTP). If the registry is wrong, ask Dukcapil to correct it; if "
        "our data are wrong, open a complaint. Then join the next wave."
    )


@dataclass(eq=False)
class RegistryBirthDateDiffers(Refusal):
    """The civil registry has another birth date, or none, under this identity number."""

    code = "selection.birth_date_differs"
    kind = Kind.CONFLICT
    title = msg("Your birth date is not the one in the civil registry")
    next_step = msg(
        "Compare it with your identity card (KTP). If the registry is wrong, ask Dukcapil to correct it; if our data "
        "are wrong, open a complaint. Then join the next wave."
    )


@dataclass(eq=False)
class NotCitizen(Refusal):
    """The person has another citizenship than the programme asks for (Permenko 11/2020 art. 2(4)a)."""

    citizenship: str

    code = "selection.not_citizen"
    kind = Kind.CONFLICT
    title = msg("The programme is for citizens of {citizenship} only")
    next_step = msg("If you are one, ask the civil registry office (Dukcapil) to correct your data.")


@dataclass(eq=False)
class TooYoung(Refusal):
    """Under the minimum age on the day of applying (Permenko 11/2020 art. 2(4)b)."""

    age_years: int
    min_age_years: int

    code = "selection.too_young"
    kind = Kind.CONFLICT
    title = msg("You were {age_years} years old when you applied; the programme begins at {min_age_years}")
    next_step = msg("Join a wave after your birthday of {min_age_years} years.")


@dataclass(eq=False)
class TooOld(Refusal):
    """Over the maximum age on the day of applying (programme-rules 3)."""

    age_years: int
    max_age_years: int

    code = "selection.too_old"
    kind = Kind.CONFLICT
    title = msg("You were {age_years} years old when you applied; the programme ends at {max_age_years}")
    next_step = msg("The programme cannot take you. Your local manpower office (Dinas) knows other training.")


@dataclass(eq=False)
class InFormalEducation(Refusal):
    """Goes to school or university (Permenko 11/2020 art. 2(4)c)."""

    code = "selection.in_formal_education"
    kind = Kind.CONFLICT
    title = msg("You are registered as a pupil or student")
    next_step = msg(
        "Join a wave after you have finished. If you have finished already, ask your school to end your registration."
    )


@dataclass(eq=False)
class ExcludedOccupation(Refusal):
    """Holds an occupation that the programme excludes (Permenko 11/2020 art. 2(5))."""

    occupation: str

    code = "selection.excluded_occupation"
    kind = Kind.CONFLICT
    title = msg("The civil registry names your occupation as {occupation}, which the programme excludes")
    next_step = msg("If that is out of date, ask Dukcapil to correct your family card (KK), then join the next wave.")


@dataclass(eq=False)
class ReceivesOtherAid(Refusal):
    """Receives another aid that excludes (programme-rules 3)."""

    aid: str

    code = "selection.receives_other_aid"
    kind = Kind.CONFLICT
    title = msg("You receive other aid now: {aid}")
    next_step = msg("You can join a wave when that aid has ended. If you do not receive it, open a complaint.")


@dataclass(eq=False)
class HouseholdLimit(Refusal):
    """The family card has as many participants as it may (programme-rules 3)."""

    max_per_kk: int

    code = "selection.household_limit"
    kind = Kind.CONFLICT
    title = msg("Your family card (KK) already has {max_per_kk} people selected or in a draw, the most there may be")
    next_step = msg("If one of them is not selected, you can join the next wave.")


@dataclass(eq=False)
class NotTargetGroup(Refusal):
    """The wave is not for people in this situation (Permenko 11/2020 art. 2(2)-(3))."""

    situation: str

    code = "selection.not_target_group"
    kind = Kind.CONFLICT
    title = msg("This wave is not for your work situation: {situation}")
    next_step = msg("Look at the next wave; it may be for other groups.")


@dataclass(eq=False)
class ReasonOnFile(Refusal):
    """A reason that an earlier release has stored and this one has no words for."""

    reason_code: str

    code = "selection.reason_on_file"
    kind = Kind.CONFLICT
    title = msg("Your application was excluded for a reason that is on file as {reason_code}")
    next_step = msg("Open a complaint and name this reason; somebody from the programme office explains it.")


# The draw


@dataclass(eq=False)
class NotDrawn(Refusal):
    """The draw gave the seats to others. `last_place` is the last one selected of the same region and tier."""

    place: int
    entries: int
    last_place: int | None

    code = "selection.not_drawn"
    kind = Kind.CONFLICT
    title = msg("The draw gave you place {place} of {entries}; the last place selected in your group was {last_place}")
    next_step = msg("You have done nothing wrong, and you can join the next wave. Anyone can recompute the draw.")


@dataclass(eq=False)
class WaveStillOpen(Refusal):
    """The list cannot be closed while people may still join."""

    wave_number: int
    closes_at: datetime

    code = "selection.wave_still_open"
    kind = Kind.CONFLICT
    title = msg("Wave {wave_number} takes applications until {closes_at}")
    next_step = msg("Commit the list after that.")


@dataclass(eq=False)
class NotAllScreened(Refusal):
    """Some applications have not been checked."""

    wave_number: int
    waiting: int

    code = "selection.not_all_screened"
    kind = Kind.CONFLICT
    title = msg("{waiting} application(s) of wave {wave_number} are not screened yet")
    next_step = msg("Screen them first: prakarsa wave screen {wave_number}.")


@dataclass(eq=False)
class BadDrawTerms(Refusal):
    """The seats of the wave cannot be drawn for."""

    wave_number: int
    problem: str

    code = "selection.bad_draw_terms"
    kind = Kind.CONFLICT
    title = msg("The seats of wave {wave_number} cannot be drawn: {problem}")
    next_step = msg("Correct the wave or the policy; nothing was committed.")


@dataclass(eq=False)
class NotCommitted(Refusal):
    """There is no commitment yet."""

    wave_number: int

    code = "selection.not_committed"
    kind = Kind.CONFLICT
    title = msg("The list of wave {wave_number} is not committed yet")
    next_step = msg("Commit to the list first, then enter a seed that did not exist before.")


@dataclass(eq=False)
class SeedTooEarly(Refusal):
    """The seed does not come after the commitment."""

    committed_at: datetime

    code = "selection.seed_too_early"
    kind = Kind.CONFLICT
    title = msg("The seed must come after the commitment of {committed_at}")
    next_step = msg("Use a public number that came into being after that moment.")


@dataclass(eq=False)
class BadSeed(Refusal):
    """The seed or its source cannot be used."""

    problem: str

    code = "selection.bad_seed"
    kind = Kind.INVALID
    title = msg("The seed cannot be used: {problem}")
    next_step = msg("Give the public number exactly as published, and where anyone can look it up.")


@dataclass(eq=False)
class SeedAlreadyEntered(Refusal):
    """A seed is entered once and never replaced."""

    wave_number: int
    seeded_at: datetime

    code = "selection.seed_already_entered"
    kind = Kind.CONFLICT
    title = msg("The seed of wave {wave_number} was entered at {seeded_at} and cannot be replaced")
    next_step = msg("Run the draw with the seed that stands.")


@dataclass(eq=False)
class NoSeed(Refusal):
    """There is nothing to draw with yet."""

    wave_number: int

    code = "selection.no_seed"
    kind = Kind.CONFLICT
    title = msg("The draw of wave {wave_number} has no seed yet")
    next_step = msg("Enter the seed with its public source first.")


@dataclass(eq=False)
class ListChanged(Refusal):
    """The list is not the one that was committed to."""

    wave_number: int

    code = "selection.list_changed"
    kind = Kind.CONFLICT
    title = msg("The list of wave {wave_number} is not the one that was committed to")
    next_step = msg("Do not draw. Find out who changed it: prakarsa audit verify.")


@dataclass(eq=False)
class NotDrawnYet(Refusal):
    """The draw has not been run."""

    wave_number: int

    code = "selection.not_drawn_yet"
    kind = Kind.CONFLICT
    title = msg("Wave {wave_number} is not drawn yet")
    next_step = msg("Run the draw first.")


@dataclass(eq=False)
class AlreadyDecreed(Refusal):
    """A wave has one decree."""

    wave_number: int
    number: str

    code = "selection.already_decreed"
    kind = Kind.CONFLICT
    title = msg("Wave {wave_number} is already decreed under number {number}")
    next_step = msg("Use the decree that stands.")


@dataclass(eq=False)
class DecreeNumberTaken(Refusal):
    """The number belongs to the decree of another wave, or cannot be one."""

    number: str

    code = "selection.decree_number_taken"
    kind = Kind.CONFLICT
    title = msg("The decree number {number} is empty, too long or used by another wave")
    next_step = msg("Give the number of this wave's decree, at most 100 characters.")
