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
    path: str
    """Who owns whom already, from the one that would be owned down to its new owner."""

    code = "partner.ownership_cycle"
    kind = Kind.CONFLICT
    title = msg("{owner_code} cannot own {owned_code}, because it would then own itself: {path}")
    next_step = msg("Check the direction, and end one of the ownerships in the path if it was sold.")


@dataclass(eq=False)
class OwnershipUnknown(Refusal):
    """No such ownership is recorded."""

    owner_code: str
    owned_code: str

    code = "partner.ownership_unknown"
    kind = Kind.MISSING
    title = msg("It is not recorded that {owner_code} owns {owned_code}")
    next_step = msg("Look at the list of ownerships for the right pair.")


# Conditions of an institution or a platform (programme-rules 6.2, 6.3)


@dataclass(eq=False)
class NotInForce(Refusal):
    """No agreement (platform, Permenko 11/2020 art. 36(1)) or decree (institution, art. 30(1)) is in force."""

    client_code: str
    status: str

    code = "partner.not_in_force"
    kind = Kind.CONFLICT
    title = msg("{client_code} has no agreement or decree in force; it is {status}")
    next_step = msg("Sign the agreement (platform) or obtain the decree (institution), and have it recorded.")


@dataclass(eq=False)
class LegalFormUnfit(Refusal):
    """The law asks for another sort of body, or nothing was declared."""

    client_code: str
    legal_form: str

    code = "partner.legal_form_unfit"
    kind = Kind.CONFLICT
    title = msg("The legal form of {client_code} does not fit: {legal_form}")
    next_step = msg(
        "A platform is a body of the state or a limited company (Permenko 11/2020 art. 36(2), (4)); an institution has "
        "legal personality. Declare the legal form with its document."
    )


@dataclass(eq=False)
class TooFewProvinces(Refusal):
    """The platform has users in too small a part of the country."""

    client_code: str
    provinces_served: int
    provinces_needed: int

    code = "partner.too_few_provinces"
    kind = Kind.CONFLICT
    title = msg("{client_code} has users in {provinces_served} provinces; {provinces_needed} are needed")
    next_step = msg("Show users in more provinces (Permenko 11/2020 art. 36(3)a), and have the count recorded.")


@dataclass(eq=False)
class IntegrationNotCertified(Refusal):
    """Nobody has certified that the platform takes the card as a means of payment."""

    client_code: str

    code = "partner.integration_not_certified"
    kind = Kind.CONFLICT
    title = msg("The integration of {client_code} with the card has not been certified")
    next_step = msg("Pass the tests of the partner interface and have the day recorded (Permenko 11/2020 art. 36(3)b).")


@dataclass(eq=False)
class NoPlatformContract(Refusal):
    """The institution works with no platform."""

    client_code: str

    code = "partner.no_platform_contract"
    kind = Kind.CONFLICT
    title = msg("{client_code} has no contract with a platform")
    next_step = msg("Sign with at least one platform and hand in the contract (Permenko 11/2020 art. 30(2)a).")


@dataclass(eq=False)
class TooYoung(Refusal):
    """The institution was founded too recently, or did not say when."""

    client_code: str
    years_needed: int

    code = "partner.too_young"
    kind = Kind.CONFLICT
    title = msg("{client_code} has not shown that it was founded at least {years_needed} years ago")
    next_step = msg("Hand in the deed of foundation; an institution that is too young may apply when it is old enough.")


@dataclass(eq=False)
class NoBusinessNumber(Refusal):
    """The business number (NIB) is missing."""

    client_code: str

    code = "partner.no_business_number"
    kind = Kind.CONFLICT
    title = msg("{client_code} has not given a business number (NIB)")
    next_step = msg("Hand in the business number (NIB).")


@dataclass(eq=False)
class NoTaxNumber(Refusal):
    """The tax number (NPWP) is missing."""

    client_code: str

    code = "partner.no_tax_number"
    kind = Kind.CONFLICT
    title = msg("{client_code} has not given a tax number (NPWP)")
    next_step = msg("Hand in the tax number (NPWP) and the confirmation of tax status (KSWP).")
