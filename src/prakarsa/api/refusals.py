"""Every way the partner door itself says no, before or instead of asking a room."""

from dataclasses import dataclass

from prakarsa.kernel.refusal import Kind, Refusal, msg


@dataclass(eq=False)
class HeaderMissing(Refusal):
    """A header that every signed request carries is not there."""

    header: str

    code = "api.header_missing"
    kind = Kind.UNAUTHENTICATED
    title = msg("The header {header} is missing")
    next_step = msg("Send the headers client_code, timestamp and signature with every request.")


@dataclass(eq=False)
class HeaderUnreadable(Refusal):
    """A header is there but cannot mean one thing."""

    header: str
    problem: str

    code = "api.header_unreadable"
    kind = Kind.UNAUTHENTICATED
    title = msg("The header {header} cannot be used: {problem}")
    next_step = msg("Send the header once, in plain ASCII, in the documented form.")


@dataclass(eq=False)
class UnknownClient(Refusal):
    """No active partner has this client code, or it has no key that is valid now."""

    code = "api.unknown_client"
    kind = Kind.UNAUTHENTICATED
    title = msg("The client code is unknown or has no valid key")
    next_step = msg("Check client_code for a typing mistake, or ask the programme office for a new key.")


@dataclass(eq=False)
class WrongSignature(Refusal):
    """The signature is not the one that the client's key gives for this request."""

    code = "api.wrong_signature"
    kind = Kind.UNAUTHENTICATED
    title = msg("The signature does not belong to this request")
    next_step = msg(
        "Sign client_code, timestamp, method, path and body, joined without separators, with HMAC-SHA1 and your "
        "sign_key, and send exactly what you signed."
    )


@dataclass(eq=False)
class StaleTimestamp(Refusal):
    """The request was signed too long ago, or by a clock that runs ahead."""

    window_seconds: int
    server_timestamp: int

    code = "api.stale_timestamp"
    kind = Kind.UNAUTHENTICATED
    title = msg("The timestamp is more than {window_seconds} seconds away from our clock ({server_timestamp})")
    next_step = msg("Set your server's clock, then sign the request anew and send it at once.")


@dataclass(eq=False)
class PlatformsOnly(Refusal):
    """A training institution called an address made for platforms."""

    code = "api.platforms_only"
    kind = Kind.FORBIDDEN
    title = msg("Only digital platforms may use this address")
    next_step = msg("Sign with the client code of a platform, or use the addresses for training institutions.")


@dataclass(eq=False)
class InstitutionsOnly(Refusal):
    """A platform called an address made for training institutions."""

    code = "api.institutions_only"
    kind = Kind.FORBIDDEN
    title = msg("Only training institutions may use this address")
    next_step = msg("Sign with the client code of a training institution, or use the addresses for platforms.")


@dataclass(eq=False)
class PaymentTokenMissing(Refusal):
    """The payment token is not where partner-api 2.3 puts it."""

    code = "api.payment_token_missing"
    kind = Kind.UNAUTHENTICATED
    title = msg("The header Authorization does not carry a payment token")
    next_step = msg("Send Authorization: Payment, one space, and the payment_token that send-otp returned.")


@dataclass(eq=False)
class ScheduleNotNamed(Refusal):
    """Seats were asked for without saying of what (partner-api 2.1)."""

    code = "api.schedule_not_named"
    kind = Kind.INVALID
    title = msg("The course code or the schedule code is empty")
    next_step = msg("Send both course_code and schedule_code.")


@dataclass(eq=False)
class ComeBackLater(Refusal):
    """We cannot work now; nothing was done."""

    retry_after_seconds: int

    code = "api.come_back_later"
    kind = Kind.UNAVAILABLE
    title = msg("The programme's system cannot answer at the moment")
    next_step = msg(
        "Send the same request again in {retry_after_seconds} seconds. An invoice is charged once, however often it is "
        "sent."
    )


@dataclass(eq=False)
class Unforeseen(Refusal):
    """A mistake of ours. The incident number finds it in our log."""

    incident: str

    code = "api.unforeseen"
    kind = Kind.UNAVAILABLE
    title = msg("A mistake on our side stopped this request; nothing of it was done")
    next_step = msg("Try again later. If it stays, tell the programme office the incident number {incident}.")
