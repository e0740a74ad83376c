"""Every way the certificate room says no."""

from dataclasses import dataclass
from datetime import datetime

from prakarsa.kernel.refusal import Kind, Refusal, msg


@dataclass(eq=False)
class BadCertificateNumber(Refusal):
    """What was typed cannot be a certificate number: its check sign does not hold."""

    code = "certificate.bad_number"
    kind = Kind.INVALID
    title = msg("This is not a certificate number")
    next_step = msg("Compare it sign by sign with the certificate: one is mistyped or missing.")


@dataclass(eq=False)
class CertificateUnknown(Refusal):
    """The number is well formed, and no certificate has it: whoever shows it has made it up."""

    number: str

    code = "certificate.unknown"
    kind = Kind.MISSING
    title = msg("The programme has not issued a certificate {number}")
    next_step = msg("Ask the person who showed it for the certificate's link, or report it to the programme office.")


@dataclass(eq=False)
class CertificateRevoked(Refusal):
    """The certificate was withdrawn and proves nothing any more."""

    number: str
    revoked_at: datetime
    reason: str

    code = "certificate.revoked"
    kind = Kind.CONFLICT
    title = msg("Certificate {number} was withdrawn on {revoked_at}: {reason}")
    next_step = msg("If it is yours and this is wrong, open a complaint.")


@dataclass(eq=False)
class RevocationNeedsReason(Refusal):
    """A certificate is withdrawn for a reason that anybody may read."""

    code = "certificate.revocation_needs_reason"
    kind = Kind.INVALID
    title = msg("A certificate cannot be withdrawn without a reason")
    next_step = msg("Give the reason in one line; the verification page shows it.")
