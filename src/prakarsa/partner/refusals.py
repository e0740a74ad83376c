"""Every way the partner room says no."""

from dataclasses import dataclass

from prakarsa.kernel.refusal import Kind, Refusal, msg


@dataclass(eq=False)
class PartnerUnknown(Refusal):
    """There is no partner with this client code."""

    client_code: str

    code = "partner.unknown"
    kind = Kind.MISSING
    title = msg("There is no partner with the client code {client_code}")
    next_step = msg("Check the client code for a typing mistake, or register the partner first.")


@dataclass(eq=False)
class ClientCodeTaken(Refusal):
    """The client code belongs to a partner with other data."""

    client_code: str

    code = "partner.client_code_taken"
    kind = Kind.CONFLICT
    title = msg("The client code {client_code} belongs to another partner")
    next_step = msg("Choose another client code, or change the partner that has it.")


@dataclass(eq=False)
class CommissionAboveCap(Refusal):
    """The platform asks for more than the programme allows."""

    commission_percent: int
    cap_percent: int

    code = "partner.commission_above_cap"
    kind = Kind.CONFLICT
    title = msg("A commission of {commission_percent} percent is above the limit of {cap_percent} percent")
    next_step = msg("Agree on a commission within the limit (Permenko 11/2020 art. 40) and register it.")


@dataclass(eq=False)
class BasisMissing(Refusal):
    """Nobody becomes a partner without an agreement or a decree."""

    client_code: str

    code = "partner.basis_missing"
    kind = Kind.CONFLICT
    title = msg("{client_code} has no agreement or decree, so it cannot be active")
    next_step = msg("Enter the number of the agreement (platform) or of the decree (institution).")


@dataclass(eq=False)
class StatusMoveRefused(Refusal):
    """A partner in this status cannot do that."""

    client_code: str
    status: str
    move: str

    code = "partner.status_move_refused"
    kind = Kind.CONFLICT
    title = msg("The partner {client_code} is {status}, so this cannot be done: {move}")
    next_step = msg(
        "Look at the partner's status: it is activated when pending or ended, and amended only while active."
    )


@dataclass(eq=False)
class PartnerEnded(Refusal):
    """The agreement or decree is over."""

    client_code: str

    code = "partner.ended"
    kind = Kind.CONFLICT
    title = msg("The agreement or decree of {client_code} has ended")
    next_step = msg("Activate the partner again under a new agreement or decree first.")


@dataclass(eq=False)
class TooManyKeys(Refusal):
    """Every key in use makes every signature check longer."""

    client_code: str
    limit: int

    code = "partner.too_many_keys"
    kind = Kind.CONFLICT
    title = msg("{client_code} already has {limit} signing keys in use")
    next_step = msg("Revoke a key that is no longer used, or wait until an old one runs out.")


@dataclass(eq=False)
class RedirectNotAllowed(Refusal):
    """People are never sent to an address like this."""

    uri: str
    problem: str

    code = "partner.redirect_not_allowed"
    kind = Kind.INVALID
    title = msg("The address {uri} cannot be registered: {problem}")
    next_step = msg("Register a full https address without a fragment; plain http only for this machine itself.")


@dataclass(eq=False)
class TooManyRedirects(Refusal):
    """A partner needs a handful of return addresses."""

    client_code: str
    limit: int

    code = "partner.too_many_redirects"
    kind = Kind.CONFLICT
    title = msg("{client_code} already has {limit} return addresses")
    next_step = msg("Remove an address that is no longer used.")


@dataclass(eq=False)
class OwnershipCycle(Refusal):
    """The owner would, through others, own itself."""

    owner_code: str
    owned_code: str

    code = "partner.ownership_cycle"
    kind = Kind.CONFLICT
    title = msg("{owner_code} cannot own {owned_code}, because it would then own itself")
    next_step = msg("Check the direction, and end the older ownership first if it was sold.")


@dataclass(eq=False)
class OwnershipUnknown(Refusal):
    """No such ownership is recorded."""

    owner_code: str
    owned_code: str

    code = "partner.ownership_unknown"
    kind = Kind.MISSING
    title = msg("It is not recorded that {owner_code} owns {owned_code}")
    next_step = msg("Look at the list of ownerships for the right pair.")
