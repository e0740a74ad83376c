"""Every way the catalogue says no to what somebody wants to attest about a course."""

from dataclasses import dataclass

from prakarsa.kernel.refusal import Kind, Refusal, msg


@dataclass(eq=False)
class FactUnknown(Refusal):
    """Nothing of this name is attested about a course."""

    fact: str

    code = "catalogue.fact_unknown"
    kind = Kind.INVALID
    title = msg("Nothing called {fact} can be attested about a course")
    next_step = msg("Name one of the facts that the conditions of a course rest on.")


@dataclass(eq=False)
class EvidenceMissing(Refusal):
    """Nobody attests anything on their word alone."""

    course_code: str
    fact: str
    needed: str

    code = "catalogue.evidence_missing"
    kind = Kind.INVALID
    title = msg("Nothing shows that {fact} of {course_code} is as said: {needed}")
    next_step = msg("Give at least one piece of evidence of an accepted kind.")


@dataclass(eq=False)
class FactAttested(Refusal):
    """What was attested on evidence is not undone by a declaration."""

    course_code: str
    fact: str

    code = "catalogue.fact_attested"
    kind = Kind.CONFLICT
    title = msg("{fact} of {course_code} was attested on evidence and cannot be declared otherwise")
    next_step = msg("Leave it as attested, or hand new evidence to the programme office.")
