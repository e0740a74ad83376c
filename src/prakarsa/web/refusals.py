"""Every way the web door itself says no; all other refusals come from the rooms."""

from dataclasses import dataclass

from prakarsa.kernel.refusal import Kind, Refusal, msg


@dataclass(eq=False)
class SignInNeeded(Refusal):
    """The page belongs to somebody, and nobody has signed in."""

    code = "web.sign_in_needed"
    kind = Kind.UNAUTHENTICATED
    title = msg("This page is personal")
    next_step = msg("Sign in with your phone number or e-mail address; we send you a code.")


@dataclass(eq=False)
class StaffSignInNeeded(Refusal):
    """The page belongs to the programme office."""

    code = "web.staff_sign_in_needed"
    kind = Kind.UNAUTHENTICATED
    title = msg("This page is for the programme office")
    next_step = msg("Sign in as staff.")


@dataclass(eq=False)
class NotYourRole(Refusal):
    """Signed in, but this is somebody else's work."""

    role: str

    code = "web.not_your_role"
    kind = Kind.FORBIDDEN
    title = msg("The role {role} may not do this")
    next_step = msg("Ask a colleague whose role allows it, or ask for another role.")


@dataclass(eq=False)
class StaleForm(Refusal):
    """The form did not come from a page we gave this visitor."""

    code = "web.stale_form"
    kind = Kind.FORBIDDEN
    title = msg("This form is too old or was not opened on this site")
    next_step = msg("Open the page again, allow cookies for this site, and send the form once more.")


@dataclass(eq=False)
class UnreadableForm(Refusal):
    """The form's bytes are not a form."""

    problem: str

    code = "web.unreadable_form"
    kind = Kind.INVALID
    title = msg("The form cannot be read: {problem}")
    next_step = msg("Open the page again and fill in the form there.")


@dataclass(eq=False)
class PageFailed(Refusal):
    """Our fault: something happened that nobody expected."""

    reference: str

    code = "web.page_failed"
    kind = Kind.UNAVAILABLE
    title = msg("Something went wrong on our side")
    next_step = msg("Try again in a minute. If it happens again, tell us this number: {reference}")


@dataclass(eq=False)
class ComeBackLater(Refusal):
    """The database cannot be used for the moment; the operators know."""

    retry_after_seconds: int

    code = "web.come_back_later"
    kind = Kind.UNAVAILABLE
    title = msg("The programme's pages cannot be served for the moment")
    next_step = msg("Try again in {retry_after_seconds} seconds. Nothing you sent before is lost.")


@dataclass(eq=False)
class DeskClosed(Refusal):
    """The link to a partner's desk has ended, or nobody was given it."""

    code = "web.desk_closed"
    kind = Kind.MISSING
    title = msg("This link does not open a desk, or no longer does")
    next_step = msg("Use the link of the newest letter, or ask the programme office for a new one.")
