"""Every way the shared floor says no."""

from dataclasses import dataclass

from prakarsa.kernel.refusal import Kind, Refusal, msg


@dataclass(eq=False)
class BadField(Refusal):
    """One field of the input cannot be understood."""

    field: str
    problem: str

    code = "kernel.bad_field"
    kind = Kind.INVALID
    title = msg("The field {field} is not right: {problem}")
    next_step = msg("Correct the field and send it again.")


@dataclass(eq=False)
class EvidenceUnfit(Refusal):
    """A piece of evidence cannot show what it is meant to show."""

    evidence_kind: str
    problem: str

    code = "kernel.evidence_unfit"
    kind = Kind.INVALID
    title = msg("The evidence ({evidence_kind}) cannot be taken: {problem}")
    next_step = msg("Give evidence of an accepted kind, with a reference that can be looked at again.")


@dataclass(eq=False)
class SecondPersonNeeded(Refusal):
    """One person alone may not do this."""

    act: str

    code = "kernel.second_person_needed"
    kind = Kind.FORBIDDEN
    title = msg("Two people have to answer for this: {act}")
    next_step = msg("Have somebody else look at it and confirm it under their own name.")


@dataclass(eq=False)
class SamePerson(Refusal):
    """The second person is the first one again."""

    act: str
    name: str

    code = "kernel.same_person"
    kind = Kind.FORBIDDEN
    title = msg("{name} cannot confirm what {name} proposed: {act}")
    next_step = msg("Have somebody else look at it and confirm it under their own name.")


@dataclass(eq=False)
class MalformedBody(Refusal):
    """The body is not what the address expects."""

    problem: str

    code = "kernel.malformed_body"
    kind = Kind.INVALID
    title = msg("The request cannot be read: {problem}")
    next_step = msg("Send a JSON object in UTF-8 with the documented fields.")


@dataclass(eq=False)
class BodyTooLarge(Refusal):
    """The body exceeds what the address accepts."""

    limit_bytes: int

    code = "kernel.body_too_large"
    kind = Kind.INVALID
    title = msg("The request is larger than {limit_bytes} bytes")
    next_step = msg("Send a smaller request.")


@dataclass(eq=False)
class MissingSetting(Refusal):
    """A setting this command needs is not there."""

    setting: str
    remedy: str

    code = "kernel.missing_setting"
    kind = Kind.UNAVAILABLE
    title = msg("The setting {setting} is missing")
    next_step = msg("Do this: {remedy}")


@dataclass(eq=False)
class BadSetting(Refusal):
    """A setting has a value that cannot work."""

    setting: str
    problem: str

    code = "kernel.bad_setting"
    kind = Kind.INVALID
    title = msg("The setting {setting} cannot be used: {problem}")
    next_step = msg("Correct it in the environment or in prakarsa.toml, and start again.")


@dataclass(eq=False)
class DatabaseUnavailable(Refusal):
    """The database cannot be reached or started."""

    problem: str

    code = "kernel.database_unavailable"
    kind = Kind.UNAVAILABLE
    title = msg("The database cannot be reached: {problem}")
    next_step = msg("Check that PostgreSQL runs and that PRAKARSA_DATABASE_URL is right, then try again.")


@dataclass(eq=False)
class NothingHere(Refusal):
    """There is nothing under this address or name."""

    what: str

    code = "kernel.nothing_here"
    kind = Kind.MISSING
    title = msg("Nothing was found for {what}")
    next_step = msg("Check the address or the code for a typing mistake.")


@dataclass(eq=False)
class TooManyRequests(Refusal):
    """Someone asks faster than anyone needs to."""

    retry_after_seconds: int

    code = "kernel.too_many_requests"
    kind = Kind.TOO_MANY
    title = msg("Too many requests from one place")
    next_step = msg("Wait {retry_after_seconds} seconds and try again.")


@dataclass(eq=False)
class MethodNotAllowed(Refusal):
    """The address exists but does not answer this method."""

    method: str

    code = "kernel.method_not_allowed"
    kind = Kind.INVALID
    title = msg("This address does not answer {method}")
    next_step = msg("Use the documented method.")
