"""What people and partners are told of holds, and the frame around words of the office."""

from prakarsa.hold.model import PRIVATE_SCOPES, Capability, Scope
from prakarsa.journal.model import Template
from prakarsa.kernel.refusal import msg
from prakarsa.notice.model import NoticeKind

_EVERYWHERE = Template(
    "notice.selling_held",
    msg(
        "{name}, buying is on hold for everyone from {starts_at}. {words} It is not you, your card or the platform, "
        "and you need not do anything: your deadline stands still as long as the hold lasts. You will hear more by "
        "{next_word_at}. Legal basis: {legal_basis}. Reference: {hold_code}. What still works: {link}"
    ),
    subject=msg("Buying is on hold; your deadline stands still"),
)
_OFFER = Template(
    "notice.offer_held",
    msg(
        "{name}, {target_name} is on hold from {starts_at}, and that kept you from buying. {words} Your deadline "
        "stands still while it lasts, and you can buy other courses meanwhile. You will hear more by {next_word_at}. "
        "Legal basis: {legal_basis}. Reference: {hold_code}. What can be bought: {link}"
    ),
    subject=msg("What you wanted to buy is on hold; your deadline stands still"),
)
_REDEEMING = Template(
    "notice.redeeming_held",
    msg(
        "{name}, taking part in classes is on hold from {starts_at}: {target_name}. {words} Your place and your "
        "money are safe, and the time for your meetings stands still. You will hear more by {next_word_at}. "
        "Legal basis: {legal_basis}. Reference: {hold_code}. {link}"
    ),
    subject=msg("Your class is on hold; nothing is lost"),
)
_PAYOUT = Template(
    "notice.payout_held",
    msg(
        "{name}, payments are on hold from {starts_at}: {target_name}. {words} What you have earned stays yours and is "
        "paid when the hold is over. You will hear more by {next_word_at}. Legal basis: {legal_basis}. "
        "Reference: {hold_code}. {link}"
    ),
    subject=msg("Your payment is on hold; it is not lost"),
)
_REVIEWED = Template(
    "notice.hold_reviewed",
    msg(
        "{name}, the hold on {target_name} was looked at again and goes on. {words} Deadlines it stopped still stand. "
        "You will hear more by {next_word_at}. Reference: {hold_code}. {link}"
    ),
    subject=msg("News about the hold"),
)
_OVER_SELLING = Template(
    "notice.selling_again",
    msg(
        "{name}, the hold on {target_name} is over since {over_at}: you can buy again. {words} Your deadline runs "
        "again and has moved by exactly the time you lost; see the new one here: {link} Reference: {hold_code}."
    ),
    subject=msg("The hold is over; your deadline has moved"),
)
_OVER = Template(
    "notice.hold_over",
    msg(
        "{name}, the hold on {target_name} is over since {over_at}. {words} Whatever it stopped goes on, and deadlines "
        "it stopped have moved by exactly the time lost: {link} Reference: {hold_code}."
    ),
    subject=msg("The hold is over"),
)
_PARTNER_HELD = Template(
    "notice.partner_held",
    msg(
        "To {name}: on hold from {starts_at}: {target_name} ({capability}). {words} Legal basis: {legal_basis}. "
        "Requests it stops are refused with this reason and the reference {hold_code}; nothing is wrong with your "
        "keys. The next word comes by {next_word_at}. {link}"
    ),
    subject=msg("A hold concerns you: {hold_code}"),
)
_PARTNER_REVIEWED = Template(
    "notice.partner_reviewed",
    msg(
        "To {name}: the hold {hold_code} on {target_name} was looked at again and goes on. {words} The next word comes "
        "by {next_word_at}. {link}"
    ),
    subject=msg("A hold goes on: {hold_code}"),
)
_PARTNER_OVER = Template(
    "notice.partner_over",
    msg("To {name}: the hold {hold_code} on {target_name} is over since {over_at}. {words} {link}"),
    subject=msg("A hold is over: {hold_code}"),
)
OFFICE = Template(
    "notice.office",
    msg("{name}, the programme office writes to you:\n\n{words}\n\nReference: {notice_code}."),
    subject=msg("From the programme office: {title}"),
)

CAPABILITY_WORDS = {
    Capability.SELLING: msg("buying"),
    Capability.REDEEMING: msg("taking part in classes"),
    Capability.PAYOUT: msg("payments"),
}
_TO_PARTNERS = {
    NoticeKind.HOLD_PLACED: _PARTNER_HELD,
    NoticeKind.HOLD_REVIEWED: _PARTNER_REVIEWED,
    NoticeKind.HOLD_OVER: _PARTNER_OVER,
}
_PLACED = {Capability.REDEEMING: _REDEEMING, Capability.PAYOUT: _PAYOUT}


def to_people(kind: NoticeKind, scope: Scope, capability: Capability) -> Template:
    """The words of a hold for somebody it concerns."""
    if kind is NoticeKind.HOLD_REVIEWED:
        return _REVIEWED
    if kind is NoticeKind.HOLD_OVER:
        return _OVER_SELLING if capability is Capability.SELLING and scope not in PRIVATE_SCOPES else _OVER
    if capability is Capability.SELLING:
        return _EVERYWHERE if scope is Scope.PROGRAMME else _OFFER
    return _PLACED[capability]


def to_partners(kind: NoticeKind) -> Template:
    """The words of a hold for a partner it concerns."""
    return _TO_PARTNERS[kind]
